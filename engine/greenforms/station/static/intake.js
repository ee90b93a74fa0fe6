// Folders and files that are dropped are sent with their names below the folder; without this the form does it.
(function () {
  "use strict";
  const form = document.getElementById("intake");
  if (!form) return;
  const sent = document.getElementById("sent");

  function below(entry, path, found) {
    if (entry.isFile) {
      return new Promise((done, failed) => entry.file(done, failed)).then((file) => found.push([path + entry.name, file]));
    }
    const reader = entry.createReader(), inside = [];
    const more = () => new Promise((done, failed) => reader.readEntries(done, failed)).then((some) => {
      if (!some.length) return undefined;
      inside.push(...some);
      return more(); // a browser tells a hundred at a time
    });
    return more().then(() => inside.reduce(
      (before, each) => before.then(() => below(each, path + entry.name + "/", found)), Promise.resolve()));
  }

  function send(files) {
    const data = new FormData();
    data.append("name", form.elements.name.value);
    files.forEach(([name, file]) => data.append("files", file, name));
    sent.textContent = "正在收进 " + files.length + " 个文件…";
    form.querySelector("button").disabled = true;
    fetch(form.action, { method: "POST", body: data })
      .then((answer) => answer.text().then((text) => {
        if (answer.redirected) location.assign(answer.url);
        else throw new Error(new DOMParser().parseFromString(text, "text/html").querySelector("[role=alert]").textContent.trim());
      }))
      .catch((error) => {
        sent.textContent = "没有收进来：" + error.message;
        form.querySelector("button").disabled = false;
      });
  }

  ["dragover", "drop"].forEach((kind) => form.addEventListener(kind, (event) => event.preventDefault()));
  form.addEventListener("dragover", () => form.classList.add("over"));
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    form.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
    const found = [];
    entries.filter(Boolean)
      .reduce((before, entry) => before.then(() => below(entry, "", found)), Promise.resolve())
      .then(() => (found.length ? send(found) : (sent.textContent = "没有文件。")));
  });
})();
