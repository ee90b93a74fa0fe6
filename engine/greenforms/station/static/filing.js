/* Beside what the server does: findings shown at their fields, characters counted, blocks of cells pasted. */
(function () {
  "use strict";

  /* A text with more lines than this is scrolled. */
  var MOST_LINES = 12;

  function field(pointer) { return document.getElementById("f:" + pointer); }

  function forget(field) {
    var told = document.getElementById("t:" + field.id.slice(2));
    if (told) { told.remove(); }
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }

  /* The list of findings is the one source: each is said again at its field. */
  function tell() {
    var list = document.getElementById("findings");
    document.querySelectorAll("#sheet .told").forEach(function (told) {
      var at = field(told.id.slice(2));
      if (at) { forget(at); } else { told.remove(); }
    });
    list.querySelectorAll("li[data-at]").forEach(function (item) {
      var pointer = item.getAttribute("data-at");
      var at = pointer && field(pointer);
      if (!at) { return; }
      var told = document.getElementById("t:" + pointer);
      if (!told) {
        told = document.createElement("span");
        told.className = "told";
        told.id = "t:" + pointer;
        (at.closest(".entry") || at.parentNode).appendChild(told);
        at.setAttribute("aria-invalid", "true");
        at.setAttribute("aria-describedby", told.id);
      }
      var line = document.createElement("span");
      line.className = item.className;
      line.title = item.querySelector("a").textContent;
      line.textContent = item.querySelector("strong").textContent + "：" + item.getAttribute("data-fix");
      told.appendChild(line);
    });
    var barred = " " + list.getAttribute("data-barred") + " ";
    document.querySelectorAll("details[data-part]").forEach(function (part) {
      part.open = barred.indexOf(" " + part.getAttribute("data-part") + " ") < 0;
    });
  }

  /* As the check counts them: no white space, characters beyond the first plane once. */
  function count(text) { return Array.from(text.replace(/\s/g, "")).length; }

  function counted(input) {
    var counter = input.parentNode.querySelector(".counter");
    var most = counter.getAttribute("data-most");
    var shown = counter.querySelector(".counted");
    var now = count(input.value);
    shown.textContent = now;
    shown.classList.toggle("over", most !== "" && now > Number(most));
  }

  /* Rooms for long texts are made when they are left, not while they are typed: a table laid out anew at every key
     would be slow. All are measured before any is changed. */
  function fit(texts) {
    texts.forEach(function (text) { text.rows = 1; text.classList.add("measured"); });
    var lines = texts.map(function (text) {
      return Math.round((text.scrollHeight - 8) / parseFloat(getComputedStyle(text).lineHeight));
    });
    texts.forEach(function (text, index) {
      text.rows = Math.max(1, Math.min(MOST_LINES, lines[index]));
      text.classList.remove("measured");
    });
  }

  function ready() { fit(Array.from(document.querySelectorAll("#sheet textarea:not([hidden])"))); }

  document.addEventListener("input", function (event) {
    if (event.isComposing) { return; }
    var input = event.target;
    if (input.hasAttribute("data-counted")) { counted(input); }
  });

  document.addEventListener("compositionend", function (event) {
    if (event.target.hasAttribute("data-counted")) { counted(event.target); }
  });

  document.addEventListener("change", function (event) {
    var input = event.target;
    if (input.tagName === "TEXTAREA") { fit([input]); }
    document.querySelectorAll("output[data-of]").forEach(function (echo) {
      if (echo.getAttribute("data-of") === input.id) { echo.textContent = input.value; }
    });
  });

  document.addEventListener("paste", function (event) {
    var input = event.target;
    var text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    var several = text.indexOf("\t") >= 0 || (text.indexOf("\n") >= 0 && !input.hasAttribute("data-lines"));
    if (!several || !input.id || input.id.slice(0, 2) !== "f:" || !input.closest("table.form")) { return; }
    event.preventDefault();
    document.getElementById("paste").value = text;
    document.getElementById("paste-at").value = input.id.slice(2);
    document.getElementById("paste-now").click();
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.id === "findings") { tell(); } else { ready(); }
  });

  function trouble(text) {
    var place = document.getElementById("trouble");
    if (place) { place.textContent = text; place.hidden = false; place.scrollIntoView({ block: "nearest" }); }
  }

  document.addEventListener("htmx:responseError", function (event) {
    var answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    var said = answer.querySelector(".problem");
    trouble("没有保存。" + (said ? said.textContent.trim() : "请刷新页面再试。"));
  });

  document.addEventListener("htmx:sendError", function () {
    trouble("没有保存：绿表没有在运行。请重新运行 greenforms serve，这一页先不要关。");
  });

  ready();
})();
