// Before anything else is loaded: shows the plain card where the page cannot work. Written for old
// browsers on purpose.
(function () {
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
