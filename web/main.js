// Starts the page: joins the state, the engine, the address bar, the keyboard and the screen.
import { render } from "lit";
import { createActions } from "./actions.js";
import { createAutoRefresh } from "./auto_refresh.js";
import { raiseDialogs } from "./dialogs.js";
import { listenForFiles } from "./drop_zone.js";
import { createFocus } from "./focus.js";
import { listenForKeys } from "./keys.js";
import { createListing } from "./listing.js";
import { createLocation, readHash } from "./location.js";
import { screen } from "./screen.js";
import { createSources } from "./sources.js";
import { createStore, initialState } from "./state.js";

const phone = matchMedia("(max-width: 760px)");

const store = createStore({ ...initialState(), ...readHash(location.hash), narrow: phone.matches });
const listing = createListing(store);
const address = createLocation(store, (view) => {
  store.set({ ...view, cursor: 0, focus: store.state.job && !view.job ? "row" : "" });
  listing.query();
});
const sources = createSources(store, {
  onJobs: () => listing.query(),
  onSwitch() {
    store.set({ page: 1, job: "", cursor: 0 });
    listing.query();
    address.step();
  },
});
const actions = createActions(store, listing, sources, address, createAutoRefresh(store, sources.refresh));
const focus = createFocus(store);

phone.addEventListener("change", () => store.set({ narrow: phone.matches }));
listenForKeys(store, actions);
listenForFiles({
  open: actions.openFiles,
  dragging(over) {
    if (over !== store.state.dragging) store.set({ dragging: over });
  },
});

store.subscribe((state) => {
  focus.watch();
  render(screen(state, actions), document.body);
  raiseDialogs();
  focus.settle();
});
sources.start();
