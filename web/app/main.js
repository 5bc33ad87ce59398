// Starts the page: joins the state, the engine, the address bar, the keyboard and the screen.
import { render } from "lit-html";
import { createActions } from "./actions.js";
import { createAutoRefresh } from "../sources/auto_refresh.js";
import { keepTime } from "./clock.js";
import { jobLanguage } from "../engine/engine.js";
import { JOB_COMPLETION_SOURCE, createAutocomplete } from "../query/autocomplete.js";
import { openPendingModals } from "../ui/modal.js";
import { listenForFiles } from "../sources/drop_zone.js";
import { listenForEngineErrors } from "../state/engine_errors.js";
import { createFocus } from "./focus.js";
import { createImageLoader } from "../results/image_loader.js";
import { listenForKeys } from "./keyboard.js";
import { keepTitle } from "./page_title.js";
import { createJobQuery } from "../jobs/job_query.js";
import { createUrlState, stateIn, viewAt } from "./url_state.js";
import { listenForMenus } from "../ui/menus.js";
import { createPlot } from "../chart/plot.js";
import { settleQueryBox } from "../query/query_bar.js";
import { resultsActions } from "../results/actions.js";
import { createImageQuery } from "../results/image_query.js";
import { createResultsLoader } from "../results/results_loader.js";
import { createResultsStore } from "../state/results_state.js";
import { IMAGE_COMPLETION_SOURCE } from "../results/image_completion_source.js";
import { createScreen } from "./screen.js";
import { createVirtualScroller } from "../ui/virtual_scroller.js";
import { savePreferences, readPreferences } from "./preferences.js";
import { requireSupport } from "./require_support.js";
import { createSources } from "../sources/sources.js";
import { createStore, initialState, shownSource } from "../state/state.js";
import { createSummaries } from "../jobs/summaries.js";
import { applyTheme, watchSystemTheme } from "../ui/theme.js";
import { diagnose } from "../aws/error_advice.js";

requireSupport();

const phone = matchMedia("(max-width: 760px)");

const store = createStore({
  ...initialState(),
  ...readPreferences(),
  ...stateIn(viewAt(location.hash)),
  narrow: phone.matches,
  facetsOpen: !phone.matches,
  chartOpen: !phone.matches,
});
const summaries = createSummaries(store, jobLanguage);
const jobQuery = createJobQuery(store, jobLanguage, { onAnswer: summaries.count });
const resultsStore = createResultsStore(store);
const imageQuery = createImageQuery(resultsStore);
const resultsLoader = createResultsLoader(store, resultsStore, imageQuery);
const urlState = createUrlState(store, (view) => {
  scroller.toTop();
  store.set({ ...stateIn(view), cursor: 0, focus: store.state.job && !view.job ? "row" : "" });
  jobQuery.query().then(() => scroller.scrollIntoView(store.state.cursor));
  showResults(view);
});

/** Opens the results of a view, or closes the open ones. */
function showResults({ resultsOf, resultsQuery, threshold, filter, comparedWith }) {
  const view = { query: resultsQuery, threshold, filter };
  const { results } = store.state;
  if (resultsOf === "") {
    if (results) resultsLoader.close();
  } else if (results?.job !== resultsOf) {
    resultsLoader.openJob(resultsOf, view, comparedWith);
  } else {
    resultsStore.set(view);
    if (results.results) imageQuery.run();
    if (comparedWith !== (results.other?.job ?? "")) {
      if (comparedWith) resultsLoader.compareWith(comparedWith);
      else resultsLoader.closeOther();
    }
  }
}

let isLinkToJob = store.state.job !== "";
let linkedView = viewAt(location.hash);
const sources = createSources(store, {
  async onJobs() {
    if (linkedView?.resultsOf && shownSource(store.state)?.jobs) showResults(linkedView);
    linkedView = null;
    resultsLoader.lookUp();
    await jobQuery.query();
    if (!isLinkToJob || !store.state.opened) return;
    isLinkToJob = false;
    scroller.scrollIntoView(store.state.cursor);
  },
  onSwitch() {
    resultsLoader.close();
    store.set({ page: 1, job: "", base: "", onlyDifferences: false, cursor: 0 });
    scroller.toTop();
    jobQuery.query();
    urlState.push();
  },
});
const scroller = createVirtualScroller(store, jobQuery);
const resultsScroller = createVirtualScroller(resultsStore, imageQuery);
const results = resultsActions({
  store: resultsStore,
  loader: resultsLoader,
  imageQuery,
  scroller: resultsScroller,
  autocomplete: createAutocomplete(resultsStore, IMAGE_COMPLETION_SOURCE),
  urlState,
});
const autoRefresh = createAutoRefresh(store, sources.refresh);
const actions = createActions({
  store,
  jobQuery,
  sources,
  urlState,
  autoRefresh,
  scroller,
  autocomplete: createAutocomplete(store, JOB_COMPLETION_SOURCE),
  results,
});
const imageLoader = createImageLoader(resultsStore, () => shownSource(store.state));
const plot = createPlot(store.state, actions.chooseTimes);
const screen = createScreen(store.state, actions);
const focus = createFocus(store);

/** Shows that the memory is full, beside what stays on screen; Retry runs the query again. */
async function tellFull(error) {
  const diagnosis = await diagnose(error);
  const { source, results } = store.state;
  const [tell, ask] = results?.results
    ? [(told) => resultsStore.set({ error: told }), imageQuery.run]
    : [(told) => store.setSource(source, { error: told }), jobQuery.query];
  tell({
    ...diagnosis,
    retry() {
      tell(null);
      ask();
    },
  });
}

listenForEngineErrors({
  onStopped() {
    sources.setStoppedAside();
    resultsLoader.setStoppedAside();
  },
  onFull: tellFull,
});
phone.addEventListener("change", () => store.set({ narrow: phone.matches }));
listenForMenus();
listenForKeys(store, actions);
savePreferences(store);
watchSystemTheme(store);
keepTitle(store);
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
  render(screen(), document.body);
  openPendingModals();
  (state.results ? resultsScroller : scroller).attach();
  settleQueryBox(state.results ? resultsStore : store);
  imageLoader.sync();
  plot.draw();
  focus.settle();
});
sources.start();
