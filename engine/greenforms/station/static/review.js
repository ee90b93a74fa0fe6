// The review of one paper, by keyboard: every step is taken here at once, and written down behind it, one after the other.
(function () {
  "use strict";
  const root = document.getElementById("review");
  if (!root) return;
  const at = (id) => document.getElementById(id);
  const told = JSON.parse(at("told").textContent);
  const side = at("side"), form = at("form"), cutout = at("cutout"), cut = at("cut");
  const fields = new Map(told.fields.map((field) => [field.pointer, field]));
  const buttons = new Map(), boxes = new Map(), places = new Map(), pages = new Map();
  const POINT = 96 / 72, TWICE = 2, AROUND = 3; // pixels of a point, how large the cut-out is, points around it
  let etag = told.etag, current = null, editor = null, waiting = 0, stale = false;
  let chain = Promise.resolve();

  document.querySelectorAll(".value").forEach((each) => buttons.set(each.dataset.pointer, each));
  document.querySelectorAll("rect.box").forEach((each) => {
    boxes.set(each.dataset.for, (boxes.get(each.dataset.for) || []).concat(each));
  });
  document.querySelectorAll("[data-place]").forEach((each) => {
    if (!places.has(each.dataset.place)) places.set(each.dataset.place, each);
  });
  document.querySelectorAll("div.page").forEach((each) => pages.set(Number(each.dataset.page), each));
  const inOrder = [...buttons.keys()];

  // -- what is shown ---------------------------------------------------------------------------------------------

  function wordOf(field) {
    if (field.moved) return "重读后变了";
    return { confirmed: "已确认", changed: "已更正" }[field.state] || (field.open ? field.why : field.word);
  }

  function draw(field) {
    const button = buttons.get(field.pointer);
    if (!button) return;
    const text = document.createElement("span"), word = document.createElement("span");
    text.textContent = field.text || "（空）";
    word.textContent = field.state === "read" && !field.open && field.grade === "green" ? "" : wordOf(field);
    word.className = "word";
    button.replaceChildren ? button.replaceChildren(text, word) : (button.textContent = "", button.append(text, word));
    button.className = ["value", field.grade, field.open ? "open" : "", field.state !== "read" ? "said" : ""].join(" ");
    button.setAttribute("aria-label", [field.part, field.label, "：", field.text || "空", "，", wordOf(field)].join(""));
    (boxes.get(field.pointer) || []).forEach((box) => {
      box.classList.toggle("said", field.state !== "read" && !field.open);
      box.classList.toggle("open", field.open);
    });
  }

  function count() {
    const left = told.order.filter((pointer) => fields.get(pointer).open).length;
    const saving = waiting ? "，正在保存…" : "";
    at("left").textContent = (left ? "还有 " + left + " 处要看" : "要看的都看完了") + saving;
  }

  function say(text) {
    at("message").textContent = text;
  }

  function lit(pointer, on) {
    const field = fields.get(pointer), button = buttons.get(pointer), place = places.get(field.place);
    if (button) button.classList.toggle("here", on);
    (boxes.get(pointer) || []).forEach((box) => box.classList.toggle("here", on));
    if (place) place.classList.toggle("here", on);
  }

  function bring(pane, element) {
    if (!element) return;
    const there = element.getBoundingClientRect(), here = pane.getBoundingClientRect();
    if (there.top < here.top + 8 || there.bottom > here.bottom - 8) {
      pane.scrollTop += there.top - here.top - Math.max(8, (here.height - there.height) / 3);
    }
    if (there.left < here.left || there.right > here.right) pane.scrollLeft += there.left - here.left - 40;
  }

  function drawCut(field) {
    const place = places.get(field.place), box = field.boxes[0], page = box && pages.get(box[0]);
    cutout.style.display = page ? "" : "none";
    at("cuttext").textContent = page ? "" : place ? field.place + "：" + place.textContent : field.place || "原件上没有找到这一栏";
    if (!page) return;
    const same = field.boxes.filter((each) => each[0] === box[0]), scale = POINT * TWICE;
    const left = Math.min(...same.map((each) => each[1])) - AROUND, top = Math.min(...same.map((each) => each[2])) - AROUND;
    const width = Math.max(...same.map((each) => each[3])) + AROUND - left;
    const height = Math.max(...same.map((each) => each[4])) + AROUND - top;
    const picture = at("cutpicture"), source = page.querySelector("img").src;
    if (picture.src !== source) picture.src = source;
    picture.style.width = page.dataset.width * scale + "px";
    picture.style.height = page.dataset.height * scale + "px";
    picture.style.transform = "translate(" + -left * scale + "px," + -top * scale + "px)";
    cutout.style.width = width * scale + "px";
    cutout.style.height = height * scale + "px";
    cut.scrollTop = cut.scrollLeft = 0;
  }

  function drawAbout(field) {
    at("label").textContent = field.part ? field.part + "：" + field.label : field.label;
    at("grade").textContent = [wordOf(field), field.state === "read" && field.open ? field.word : ""].filter(Boolean).join("，");
    at("grade").className = field.look === 1 && field.open ? "red" : field.grade;
    at("said").textContent = field.said + (field.moved ? "；现在机器读到的是“" + field.read + "”" : "");
    at("doubt").textContent = field.doubt + (field.raw && field.raw !== field.text ? "　原文：" + field.raw : "");
    const offers = at("offers");
    offers.textContent = "";
    field.offers.forEach(([text, source], index) => {
      const item = document.createElement("li"), button = document.createElement("button");
      button.type = "button";
      button.className = "second offer";
      button.textContent = index + 1 + "　" + text + "　（" + source + "）";
      button.addEventListener("click", () => pick(index));
      item.append(button);
      offers.append(item);
    });
  }

  function select(pointer, focus) {
    const field = fields.get(pointer);
    if (!field) return;
    if (current !== null) lit(current, false);
    current = pointer;
    lit(pointer, true);
    say("");
    drawAbout(field);
    drawCut(field);
    const button = buttons.get(pointer);
    if (focus && button) button.focus({ preventScroll: true });
    bring(form, button);
    bring(side, (boxes.get(pointer) || [])[0] || places.get(field.place));
  }

  // -- what is written down --------------------------------------------------------------------------------------

  function send(body, taken, refused) {
    waiting += 1;
    count();
    const headers = { "content-type": "application/json" };
    chain = chain
      .then(() => {
        headers["if-match"] = etag;
        return fetch(root.dataset.changes, { method: "POST", headers: headers, body: JSON.stringify(body) });
      })
      .then((answer) => answer.json().then((said) => {
        if (!answer.ok) throw Object.assign(new Error(said.title), { said: said, status: answer.status });
        etag = answer.headers.get("etag");
        return said;
      }))
      .then((said) => {
        if (fields.has(said.field.pointer)) {
          const field = Object.assign(fields.get(said.field.pointer), said.field);
          field.open = field.look > 0 && (field.state === "read" || field.moved);
          draw(field);
        }
        at("sample").textContent = said.sample;
        taken(said);
      })
      .catch((error) => {
        stale = stale || error.status === 412;
        const said = error.said || { title: "没有保存", detail: "程序没有回答。请看看程序窗口是不是关了，再试一次。" };
        refused();
        say(said.title + "：" + said.detail);
      })
      .then(() => {
        waiting -= 1;
        count();
        if (current !== null) drawAbout(fields.get(current));
      });
  }

  function write(act, pointer, text, reason) {
    if (stale) return say("这份材料刚才在别处改过，请按 F5 重新载入，再接着看。");
    const field = fields.get(pointer), before = Object.assign({}, field);
    field.open = false;
    field.state = act === "confirm" ? "confirmed" : "changed";
    if (act === "change") field.text = text.trim();
    field.moved = false;
    draw(field);
    const why = reason || at("reason").value;
    at("reason").value = "";
    send({ act: act, pointer: pointer, text: text, reason: why }, (said) => {
      if (said.notes.length) say(said.notes.join("\n"));
    }, () => {
      Object.assign(field, before);
      draw(field);
      select(pointer, true);
    });
  }

  function confirm() {
    if (current === null) return next();
    const field = fields.get(current);
    if (field.open || field.state === "read") write("confirm", current, "", "");
    next();
  }

  function pick(index) {
    const offer = current !== null && fields.get(current).offers[index];
    if (!offer) return;
    if (offer[0] === fields.get(current).text) return confirm();
    write("change", current, offer[0], "选用：" + offer[1]);
    next();
  }

  function undo() {
    if (stale) return;
    send({ act: "undo" }, (said) => select(said.field.pointer, true), () => {});
  }

  function next() {
    const from = current === null ? -1 : told.order.indexOf(current), count = told.order.length;
    for (let step = 1; step <= count; step += 1) {
      const pointer = told.order[(from + step + count) % count];
      if (fields.get(pointer).open) return select(pointer, true);
    }
    say("要看的都看完了。");
    at("following").focus();
  }

  // -- editing ---------------------------------------------------------------------------------------------------

  function edit() {
    if (current === null || editor) return;
    const pointer = current, field = fields.get(pointer), button = buttons.get(pointer);
    editor = document.createElement("textarea");
    editor.className = "editor";
    editor.value = field.text;
    editor.rows = Math.min(8, Math.max(1, Math.ceil(field.text.length / 24), field.text.split("\n").length));
    editor.setAttribute("aria-label", "改：" + field.label);
    button.hidden = true;
    button.after(editor);
    editor.focus();
    editor.select();
    editor.addEventListener("keydown", editing);
    editor.addEventListener("blur", () => leave(true));
  }

  function editing(event) {
    event.stopPropagation();
    if (event.isComposing || event.keyCode === 229) return; // the input method's own keys
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (!leave(true)) confirm();
      else next();
    } else if (event.key === "Escape") {
      event.preventDefault();
      leave(false);
      buttons.get(current).focus();
    }
  }

  function leave(keep) {
    if (!editor) return false;
    const text = editor.value, pointer = current, closed = editor;
    editor = null;
    closed.remove();
    buttons.get(pointer).hidden = false;
    const changed = keep && text.trim() !== fields.get(pointer).text.trim();
    if (changed) write("change", pointer, text, "");
    return changed;
  }

  // -- keys ------------------------------------------------------------------------------------------------------

  function beside(key) {
    const cell = buttons.get(current).closest("td");
    const step = key === "ArrowUp" || key === "ArrowLeft" ? -1 : 1;
    if (!cell) return inOrder[inOrder.indexOf(current) + step];
    const row = cell.parentElement, rows = [...row.parentElement.children];
    const there = key === "ArrowUp" || key === "ArrowDown" ? rows[rows.indexOf(row) + step] : row;
    const column = cell.cellIndex + (there === row ? step : 0);
    const button = there && there.cells[column] && there.cells[column].querySelector(".value");
    return button ? button.dataset.pointer : inOrder[inOrder.indexOf(current) + step];
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.altKey || event.metaKey) return;
    const target = event.target, typing = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
    const own = target === document.body || target.classList.contains("value") || side.contains(target);
    if (typing) return;
    if (event.ctrlKey) {
      if (event.key.toLowerCase() !== "z" || event.shiftKey) return;
      undo();
    } else if (event.key === "F2") edit();
    else if (!own) return;
    else if (event.key === "Enter") confirm();
    else if (event.key >= "1" && event.key <= "9") pick(Number(event.key) - 1);
    else if (event.key.startsWith("Arrow") && target.classList.contains("value")) {
      const pointer = beside(event.key);
      if (pointer !== undefined) select(pointer, true);
    } else return;
    event.preventDefault();
  });

  root.addEventListener("focusin", (event) => {
    const pointer = event.target.classList.contains("value") && event.target.dataset.pointer;
    if (pointer && pointer !== current) select(pointer, false);
  });
  root.addEventListener("dblclick", (event) => event.target.closest(".value") && edit());
  side.addEventListener("click", (event) => {
    const box = event.target.closest("rect.box");
    if (box) select(box.dataset.for, true);
  });
  at("confirm").addEventListener("click", confirm);
  at("edit").addEventListener("click", edit);
  at("undo").addEventListener("click", undo);
  window.addEventListener("beforeunload", (event) => {
    if (waiting) event.preventDefault();
  });

  fields.forEach(draw);
  count();
  const wanted = decodeURIComponent(location.hash.slice(1));
  if (fields.has(wanted)) select(wanted, true);
  else next();
})();
