// Comfort on top of pages that work without it: saving as one answers, a warning when saving failed,
// focus after a page change, copying a link. All words come from the page (data- attributes).
// htmx does the requests; assets/README.md says which attributes a page must carry.
(() => {
  "use strict";

  const page = document;
  const find = (selector) => page.querySelector(selector);
  const AGAIN_FIRST = 2000, AGAIN_MOST = 30000; // ms between tries to save
  let unsaved = false, again = 0, pause = AGAIN_FIRST;

  page.documentElement.classList.add("js"); // shows .js-only, hides .nojs

  // States: "" (nothing to say), saving, saved, failed.
  function say(state) {
    const line = find("#saved");
    const alarm = find("#unsaved");
    unsaved = state === "saving" || state === "failed";
    if (line) {
      line.dataset.state = state;
      line.querySelector("[data-text]").textContent = line.dataset[state] || "";
    }
    if (alarm && state !== "saving") alarm.hidden = state !== "failed"; // stays while it is tried again
  }

  // What could not be saved is sent again: by its button, when the connection or the page comes back, and now and then.
  function retry() {
    clearTimeout(again);
    again = 0;
    find("[data-save]")?.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function retrySoon() {
    clearTimeout(again);
    again = setTimeout(retry, pause);
    pause = Math.min(2 * pause, AGAIN_MOST);
  }

  const retryNow = () => { if (again && !page.hidden) retry(); };
  addEventListener("online", retryNow);
  page.addEventListener("visibilitychange", retryNow);

  const answers = (ctx) => ctx?.sourceElement?.closest?.("form[data-answer]");
  const on = (name, act) => page.addEventListener(name, act);

  on("htmx:before:request", (e) => {
    if (answers(e.detail.ctx)) say("saving");
  });

  on("htmx:after:request", (e) => {
    const { ctx } = e.detail;
    if (!answers(ctx) || ctx.response.status >= 400) return;
    clearTimeout(again);
    again = 0;
    pause = AGAIN_FIRST;
    say("saved");
  });

  for (const trouble of ["htmx:error", "htmx:response:error"]) {
    on(trouble, (e) => {
      if (!answers(e.detail.ctx)) return;
      say("failed");
      // What was refused would be refused again.
      if (!(e.detail.ctx.response?.status < 500)) retrySoon();
    });
  }

  // Whose news are not there any more does not ask for them again; a server that is away is asked until it is back.
  on("htmx:sse:error", (e) => {
    if (e.detail.status === 404) e.detail.connection.config.reconnect = false;
  });

  // A whole page was swapped in: read on from its errors, or its title, as after a full load.
  on("htmx:after:swap", (e) => {
    const { ctx } = e.detail;
    if (ctx.target !== page.body || ctx.swap === "none") return;
    unsaved = false;
    clearTimeout(again);
    again = 0;
    const start = find("main > .errors") || find("main h1");
    if (!start) return;
    start.tabIndex = -1;
    start.focus({ preventScroll: true });
  });

  // A comment being typed is saved on leaving the field: until then it is not.
  on("input", (e) => {
    if (e.target.closest("form[data-guard]")) unsaved = true; // saved by its button alone
    if (!e.target.matches("form[data-answer] textarea")) return;
    say("");
    unsaved = true;
  });

  // A plain submit leaves the page on purpose. Captured, so as to come before htmx's own listener. Who comes Back to
  // a form that was refused finds the page it was on, not the browser's question whether to send it again.
  page.addEventListener("submit", () => {
    unsaved = false;
    if (find("main > .errors")) history.replaceState(history.state, "", sessionStorage.getItem("form") || location.href);
    sessionStorage.setItem("form", location.href);
  }, true);

  addEventListener("beforeunload", (e) => {
    if (unsaved) e.preventDefault();
  });

  on("click", (e) => {
    const button = e.target.closest("button");
    if (!button) return;
    if ("retry" in button.dataset) {
      retry();
    } else if ("print" in button.dataset) {
      print();
    } else if (button.dataset.copy) {
      copy(button);
    }
  });

  async function copy(button) {
    const { copy: from, say: to, done, failed } = button.dataset;
    const field = page.getElementById(from);
    let copied = true;
    try {
      await navigator.clipboard.writeText(field.value);
    } catch { // no clipboard on plain http, as on a laptop in a meeting room
      field.select();
      copied = page.execCommand("copy");
      if (copied) button.focus();
    }
    page.getElementById(to).textContent = copied ? done : failed;
  }

  // Timers count down from what was left when the page, or its part, was written; clocks may differ. They only tell.
  const began = new WeakMap();
  setInterval(() => {
    for (const timer of page.querySelectorAll("[data-timer][data-running]")) {
      if (!began.has(timer)) began.set(timer, performance.now());
      const left = Math.max(0, Math.ceil(timer.dataset.left - (performance.now() - began.get(timer)) / 1000));
      const said = timer.querySelector("[data-over]");
      timer.querySelector("[data-clock]").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      timer.classList.toggle("over", left === 0);
      if (left === 0 && !said.textContent) said.textContent = said.dataset.over;
    }
  }, 500);

  find("main > .errors")?.focus();
})();
