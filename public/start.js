// Before anything else is loaded: chooses which of the two modules to load, and shows the plain card where the page
// cannot work. Written for old browsers on purpose.
var playground = {};
(function () {
  // The small module has the first demo only. The full one is not named by its content, so the small one's name,
  // which changes with every build, keeps caches from mixing two builds.
  playground.choose = function (script, wasm) {
    var base = new URL("./", location.href).href;
    var full = { script: base + "app.js?" + script, wasm: base + "app_bg.wasm?" + script };
    // A pasted link may name its demo in another way (`&amp;demo=`): the program reads those, and the full one has all.
    var isNamed = /demo/i.test(location.search + location.hash);
    var demo = new URLSearchParams(location.search).getAll("demo").pop() || (isNamed ? "" : "characters");
    var isFirst = demo.split("/")[0] === "characters";
    playground.chosen = isFirst ? { script: base + script, wasm: base + wasm } : full;
    preload("modulepreload", playground.chosen.script, "script");
    preload("preload", playground.chosen.wasm, "fetch");
    var compiled = null;
    // Everything, compiled once, for workers: resolves to what worker-start.js is to be sent.
    playground.full = function () {
      compiled = compiled || fetch(full.wasm).then(function (response) {
        if (!response.ok) throw new Error(full.wasm + ": " + response.status);
        return response.arrayBuffer();
      }).then(WebAssembly.compile).then(function (module) {
        return { script: full.script, module: module };
      });
      compiled.catch(function () { compiled = null; });
      return compiled;
    };
  };
  function preload(rel, href, as) {
    var link = document.createElement("link");
    link.rel = rel;
    link.href = href;
    link.as = as;
    link.crossOrigin = "anonymous";
    document.head.appendChild(link);
  }

  function show(reason) {
    var card = document.getElementById("crash");
    if (!card || document.body.classList.contains("is-started")) return;
    document.getElementById("crash-reason").textContent = reason;
    card.hidden = false;
  }
  // The smallest module with a SIMD instruction: i32.const 0, i8x16.splat, drop.
  var simd = new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11,
  ]);
  document.addEventListener("DOMContentLoaded", function () {
    if (typeof WebAssembly !== "object") {
      show("This browser has no WebAssembly, or it is switched off.");
    } else if (!WebAssembly.validate(simd)) {
      show("This browser's WebAssembly has no SIMD.");
    }
  });
  // A module that fails to load or to start ends up here.
  addEventListener("unhandledrejection", function (event) {
    show("The program could not be loaded: " + (event.reason && event.reason.message || event.reason));
  });
  addEventListener("error", function (event) {
    show("The program could not be loaded" + (event.message ? ": " + event.message : "."));
  }, true);
  addEventListener("load", function () {
    setTimeout(function () { show("The program did not start within 20 seconds."); }, 20000);
  });
})();
