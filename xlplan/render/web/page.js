"use strict";
(() => {
  const root = document.documentElement;
  const scheme = document.getElementById("scheme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  scheme.hidden = false;
  scheme.addEventListener("click", () => {
    const now = root.dataset.scheme || (dark.matches ? "dark" : "light");
    root.dataset.scheme = now === "dark" ? "light" : "dark";
  });

  // a closed part would be missing on paper
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("tr:not([hidden]) details:not([open]), .rest:not([open])")];
    opened.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((one) => { one.open = false; }));

  const form = document.getElementById("filters");
  if (!form) return;
  const rows = [...document.querySelectorAll("#items tbody tr")];
  const shown = document.getElementById("shown");
  const nothing = document.getElementById("nothing");
  const chips = [...form.querySelectorAll("input[name=light]")];
  const selects = [...form.querySelectorAll("select")];
  const text = form.elements.namedItem("text");
  const plain = (words) => words.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  const words = new WeakMap();
  const wordsOf = (row) => {
    if (!words.has(row)) words.set(row, plain(row.textContent));
    return words.get(row);
  };
  const kept = rows.map((row) => ({
    row,
    light: row.dataset.l,
    marks: selects.map((one) => new Set((row.dataset[one.name] || "").split(" "))),
    hidden: false,
  }));

  const filter = () => {
    const wanted = plain(text.value).split(" ").filter(Boolean);
    const chosen = selects.map((one) => one.value);
    const lights = new Set(chips.filter((one) => one.checked).map((one) => one.value));
    const counts = chips.map(() => 0);
    let seen = 0;
    for (const one of kept) {
      const fits = chosen.every((value, at) => !value || one.marks[at].has(value))
        && wanted.every((word) => wordsOf(one.row).includes(word));
      if (fits) counts[one.light] += 1;
      const hidden = !fits || (lights.size > 0 && !lights.has(one.light));
      if (hidden !== one.hidden) one.row.hidden = one.hidden = hidden;
      if (!hidden) seen += 1;
    }
    chips.forEach((one, at) => { one.parentElement.querySelector("[data-count]").textContent = counts[at]; });
    shown.textContent = shown.dataset.text.replace("{shown}", seen).replace("{total}", kept.length);
    nothing.hidden = seen > 0;
  };

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    if (rows.length > 500) waiting = setTimeout(filter, 120); // while somebody types
    else filter();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("clear").addEventListener("click", () => { form.reset(); filter(); });
  form.hidden = false;
  filter(); // a reloaded page keeps what was chosen
})();
