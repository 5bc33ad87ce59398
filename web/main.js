// Starts the page: joins the state, the engine, the address bar, the keyboard and the screen.
import { render } from "lit";
import { createActions } from "./actions.js";
import { createAutoRefresh } from "./auto_refresh.js";
import { keepTime } from "./clock.js";
import { createCompleter } from "./completer.js";
import { raiseDialogs } from "./dialogs.js";
import { listenForFiles } from "./drop_zone.js";
import { createFocus } from "./focus.js";
import { listenForKeys } from "./keys.js";
import { createListing } from "./listing.js";
import { createLocation, viewAt } from "./location.js";
import { listenForMenus } from "./menus.js";
import { createPlot } from "./plot.js";
import { settleQueryBox } from "./query_bar.js";
import { screen } from "./screen.js";
import { createScroller } from "./scroller.js";
import { keepSettings, readSettings } from "./settings.js";
import { createSources } from "./sources.js";
import { createStore, initialState } from "./state.js";
import { createSummaries } from "./summaries.js";
import { applyTheme, watchSystemTheme } from "./theme.js";

const phone = matchMedia("(max-width: 760px)");

const store = createStore({
  ...initialState(), ...readSettings(), ...viewAt(location.hash), narrow: phone.matches,
  facetsOpen: !phone.matches, chartOpen: !phone.matches,
});
const summaries = createSummaries(store);
const listing = createListing(store, { onAnswer: summaries.count });
const address = createLocation(store, (view) => {
  scroller.toTop();
  store.set({ ...view, cursor: 0, focus: store.state.job && !view.job ? "row" : "" });
  listing.query();
  scroller.show(store.state.cursor);
});
let isLinkToJob = store.state.job !== "";
const sources = createSources(store, {
  onJobs() {
    listing.query();
    if (!isLinkToJob || !store.state.opened) return;
    isLinkToJob = false;
    scroller.show(store.state.cursor);
  },
  onSwitch() {
    store.set({ page: 1, job: "", base: "", onlyDifferences: false, cursor: 0 });
    scroller.toTop();
    listing.query();
    address.step();
  },
});
const scroller = createScroller(store, listing);
const autoRefresh = createAutoRefresh(store, sources.refresh);
const actions = createActions(store, listing, sources, address, autoRefresh, scroller, createCompleter(store));
const plot = createPlot(actions.chooseTimes);
const focus = createFocus(store);

phone.addEventListener("change", () => store.set({ narrow: phone.matches }));
listenForMenus();
listenForKeys(store, actions);
keepSettings(store);
watchSystemTheme(() => store.set({ contrast: store.state.contrast + 1 }));
keepTime(store);
listenForFiles({
  open: actions.openFiles,
  dragging(over) {
    if (over !== store.state.dragging) store.set({ dragging: over });
  },
});

store.subscribe((state) => {
  focus.watch();
  applyTheme(state);
  render(screen(state, actions), document.body);
  raiseDialogs();
  scroller.watch();
  settleQueryBox(store);
  plot.draw(state);
  focus.settle();
});
sources.start();
