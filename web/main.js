// Starts the page: joins the state, the engine, the address bar, the keyboard and the screen.
import { render } from "lit";
import { createActions } from "./actions.js";
import { createAutoRefresh } from "./auto_refresh.js";
import { keepTime } from "./clock.js";
import { JOBS, createCompleter } from "./completer.js";
import { raiseDialogs } from "./dialogs.js";
import { listenForFiles } from "./drop_zone.js";
import { createFocus } from "./focus.js";
import { createImageReading } from "./image_reading.js";
import { listenForKeys } from "./keys.js";
import { createListing } from "./listing.js";
import { createLocation, viewAt } from "./location.js";
import { listenForMenus } from "./menus.js";
import { createPlot } from "./plot.js";
import { settleQueryBox } from "./query_bar.js";
import { resultsActions } from "./results_actions.js";
import { createResultsListing } from "./results_listing.js";
import { createResultsReading } from "./results_reading.js";
import { createResultsStore } from "./results_state.js";
import { IMAGES } from "./results_words.js";
import { screen } from "./screen.js";
import { createScroller } from "./scroller.js";
import { keepSettings, readSettings } from "./settings.js";
import { createSources } from "./sources.js";
import { createStore, initialState, shownSource } from "./state.js";
import { createSummaries } from "./summaries.js";
import { applyTheme, watchSystemTheme } from "./theme.js";

const phone = matchMedia("(max-width: 760px)");

const store = createStore({
  ...initialState(), ...readSettings(), ...viewAt(location.hash), narrow: phone.matches,
  facetsOpen: !phone.matches, chartOpen: !phone.matches,
});
const summaries = createSummaries(store);
const listing = createListing(store, { onAnswer: summaries.count });
const resultsStore = createResultsStore(store);
const resultsListing = createResultsListing(resultsStore);
const resultsReading = createResultsReading(store, resultsStore, resultsListing);
const address = createLocation(store, (view) => {
  scroller.toTop();
  store.set({ ...view, cursor: 0, focus: store.state.job && !view.job ? "row" : "" });
  listing.query();
  scroller.show(store.state.cursor);
  showResults(view);
});

/** Opens the results that a view is of, or closes those that are open. */
function showResults({ resultsOf, resultsQuery, threshold, shown, comparedWith }) {
  const view = { query: resultsQuery, threshold, shown };
  const { results } = store.state;
  if (resultsOf === "") {
    if (results) resultsReading.close();
  } else if (results?.job !== resultsOf) {
    resultsReading.openJob(resultsOf, view, comparedWith);
  } else {
    resultsStore.set(view);
    if (results.results) resultsListing.ask();
    if (comparedWith !== (results.other?.job ?? "")) {
      if (comparedWith) resultsReading.compareWith(comparedWith);
      else resultsReading.closeOther();
    }
  }
}

let isLinkToJob = store.state.job !== "";
let linkedView = viewAt(location.hash);
const sources = createSources(store, {
  onJobs() {
    listing.query();
    if (linkedView?.resultsOf && shownSource(store.state)?.jobs) showResults(linkedView);
    linkedView = null;
    if (!isLinkToJob || !store.state.opened) return;
    isLinkToJob = false;
    scroller.show(store.state.cursor);
  },
  onSwitch() {
    resultsReading.close();
    store.set({ page: 1, job: "", base: "", onlyDifferences: false, cursor: 0 });
    scroller.toTop();
    listing.query();
    address.step();
  },
});
const scroller = createScroller(store, listing);
const resultsScroller = createScroller(resultsStore, resultsListing);
const results = resultsActions(resultsStore, resultsReading, resultsListing, resultsScroller,
  createCompleter(resultsStore, IMAGES), address);
const autoRefresh = createAutoRefresh(store, sources.refresh);
const actions = createActions(store, listing, sources, address, autoRefresh, scroller, createCompleter(store, JOBS),
  results);
const imageReading = createImageReading(resultsStore, () => shownSource(store.state));
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
  (state.results ? resultsScroller : scroller).watch();
  settleQueryBox(state.results ? resultsStore : store);
  imageReading.watch();
  plot.draw(state);
  focus.settle();
});
sources.start();
