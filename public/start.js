// Before anything else is loaded: hides the plain card, and shows it again with the reason where the page cannot work.
// Written for old browsers on purpose.
var playground = {};
(function () {
  var root = document.documentElement;
  var base = new URL("./", location.href).href;
  var reason = "";
  var sureness = 0;
  root.classList.add("is-starting");

  // The menu of demos needs no script to open. With one it also closes as menus do.
  function closeMenu(event) {
    var menu = document.querySelector("details.demos[open]");
    if (!menu || (event.type === "keydown" ? event.key !== "Escape" : menu.contains(event.target))) return;
    if (event.type === "keydown" && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
  document.addEventListener("click", closeMenu);
  document.addEventListener("keydown", closeMenu);

  // Every demo has a page. Links of before name it behind the question mark, and work for ever.
  var demos = document.querySelector("meta[name=demos]").content.split(" ");
  var here = root.getAttribute("data-demo");
  var query = location.search;
  var all = query.match(/[?&](?:amp;)?demo=[^&#]*/gi) || [];
  // Of several the last counts, and the program says so.
  var named = /demo=(.*)/i.exec(all[all.length - 1]);
  var demo = named && named[1].toLowerCase().split(/\/|%2f/)[0].replace(/[^a-z0-9_]/g, "");
  if (demos.indexOf(demo) < 0) demo = here || demos[0];
  // The root is home, unless its link has something of a run. What other services add to a link is nothing of a run.
  var isHome = root.hasAttribute("data-home") && !/[?&](?!(?:amp;)?(?:theme|utm_\w+|\w*clid)(?:=|&|$))[^&]/.test(query);
  if (demo !== here && !isHome) {
    // A name that is the demo's and nothing else is said by the page; anything more the program has to read. (Of a link
    // out of a page's source a part may count as fragment, and is one with what stands before it.)
    if (all.length === 1 && named[1] === demo && !location.hash) query = query.replace(all[0], "").replace(/^&/, "?");
    playground.isLeaving = true;
    root.hidden = true;
    location.replace(base + demo + ".html" + query + location.hash);
    return;
  }
  // As the link will have it, so that nothing flashes. The program reads the same more carefully.
  if (/[?&]embed=1(&|$)/.test(query)) root.classList.add("is-embed");
  var theme = /[?&]theme=(light|dark)(&|$)/.exec(query);
  var isDark = window.matchMedia && matchMedia("(prefers-color-scheme: dark)").matches;
  root.setAttribute("data-theme", theme ? theme[1] : isDark ? "dark" : "light");
  // Nothing on it can fail: it has no module. What is live there is another page, in a frame.
  if (isHome) return;

  // Of several reasons the surest is told: a file that was blocked also failed to load.
  function tell(text, sure) {
    if (sure <= sureness) return;
    reason = text;
    sureness = sure;
    if (document.readyState !== "loading") show();
  }
  function show() {
    var card = document.getElementById("crash");
    root.classList.remove("is-starting");
    if (document.body.classList.contains("is-started")) return;
    card.hidden = !reason;
    if (reason) document.getElementById("crash-reason").textContent = reason;
  }
  document.addEventListener("DOMContentLoaded", show);

  // Nothing that is loaded from now on can change it.
  playground.isHopeless = function () {
    return sureness >= 4 || playground.isLeaving;
  };

  // Says what is wrong with a file of the page that did not come, or did not start.
  playground.blame = function (url, error) {
    var file = url.split("?")[0].split("/").pop();
    var isWrong = !error || error instanceof SyntaxError || error instanceof TypeError || error instanceof WebAssembly.CompileError;
    var why = (error && error.message) || "it is no program";
    // Sandboxed frames have no origin of their own, so that every file is another site's to them.
    var sandboxed = self.origin !== "null" ? "" : " This frame is sandboxed without allow-same-origin: then " +
      "the playground's host has to send Access-Control-Allow-Origin: * with its files.";
    fetch(url).then(function (response) {
      if (!response.ok) return file + " is missing: the server answered " + response.status + ".";
      return isWrong ? file + " is not what was built: " + why : "The program failed to start: " + why;
    }, function (failure) {
      return file + " could not be loaded: " + failure.message + "." + sandboxed;
    }).then(function (text) { tell(text, 3); });
  };

  // A policy that is stricter than the page's own. It may block other people's scripts, which the page does not need.
  document.addEventListener("securitypolicyviolation", function (event) {
    var directive = event.effectiveDirective;
    var isOwn = event.blockedURI.indexOf(base) === 0 && /^(script|connect)-src/.test(directive);
    if (event.disposition === "report" || !isOwn) return;
    var file = event.blockedURI.split("?")[0].slice(base.length);
    refused(directive.split("-").slice(0, 2).join("-"), file, "'self'");
  });
  function refused(directive, what, needed) {
    tell("The security policy of this site blocks " + what + ". Its host has to allow " + directive + " " + needed + ".", 4);
  }

  // The smallest module with a SIMD instruction: i32.const 0, i8x16.splat, drop.
  var simd = new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11,
  ]);
  if (location.protocol === "file:") {
    tell("This page was opened as a file, and browsers do not load programs from files. Put its folder on any web server, " +
      "or run make serve.", 5);
  } else if (typeof WebAssembly !== "object") {
    tell("This browser has no WebAssembly, or it is switched off.", 5);
  } else if (!WebAssembly.validate(simd)) {
    tell("This browser's WebAssembly has no SIMD.", 5);
  } else {
    try {
      new WebAssembly.Module(simd);
    } catch (_) {
      // It is valid, so only a policy can forbid it.
      refused("script-src", "WebAssembly", "'self' 'wasm-unsafe-eval'");
    }
  }

  addEventListener("unhandledrejection", function (event) {
    tell("The program could not be loaded: " + (event.reason && event.reason.message || event.reason), 2);
  });
  addEventListener("error", function (event) {
    if (event.target && event.target.tagName === "SCRIPT") {
      playground.blame(event.target.src);
    } else if (event.message) {
      tell("The program could not be loaded: " + event.message, 2);
    }
  }, true);
  addEventListener("load", function () {
    setTimeout(function () {
      tell("The program is still on its way after 20 seconds. On a slow connection, wait; otherwise reload the page.", 1);
    }, 20000);
  });
})();
