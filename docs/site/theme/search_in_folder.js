// A page that is opened from a folder may neither fetch the index of the search nor start a worker. There, and only there, the
// index comes as a script, and a hidden frame takes the worker's place. The theme asks for both names.
if (location.protocol === "file:") {
  const folder = new URL("search/", document.currentScript.src);

  window.__search = {
    index: new Promise((resolve) => {
      window.takeSearchIndex = resolve;  // what search_index.js calls
      const script = document.createElement("script");
      script.src = new URL("search_index.js", folder);
      document.head.append(script);
    }),
  };

  window.Worker = class extends EventTarget {
    constructor(address) {
      super();
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.frame.answer = (data) => this.dispatchEvent(new MessageEvent("message", {data}));
      this.frame.srcdoc =
        `<script>postMessage = (data) => frameElement.answer(data)</script><script src="${address}"></script>`;
      this.started = new Promise((resolve) => (this.frame.onload = resolve));
      document.body.append(this.frame);
    }
    postMessage(data) {
      this.started.then(() => this.frame.contentWindow.dispatchEvent(new MessageEvent("message", {data})));
    }
  };
}
