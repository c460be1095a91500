// Search within the pages, from a folder as from a server: the index is a script, nothing is fetched.
(function () {
  "use strict";
  const box = document.querySelector(".search");
  const input = document.getElementById("q");
  const found = document.getElementById("found");
  const menu = document.querySelector(".menu");
  if (matchMedia("(max-width: 48rem)").matches) menu.open = false;
  // Letter by letter, so that a place in the folded text is the same place in the text.
  const bare = (text) => Array.from(text.normalize("NFC").toLowerCase(), (letter) =>
    letter === "đ" ? "d" : letter.length > 1 ? letter : letter.normalize("NFD")[0]).join("");
  const parts = (window.danvanIndex || []).map(([file, title, anchor, heading, text]) => {
    const words = text.normalize("NFC");
    return { file, title, anchor, heading, text: words, exact: words.toLowerCase(), loose: bare(words),
      head: (title + " " + heading).normalize("NFC").toLowerCase(), looseHead: bare(title + " " + heading) };
  });
  box.hidden = !parts.length;

  // Words typed with marks are meant with them; without, any marks will do.
  function score(part, words) {
    let sum = 0;
    for (const word of words) {
      const marked = bare(word) !== word;
      const inHead = (marked ? part.head : part.looseHead).includes(word);
      const at = (marked ? part.exact : part.loose).indexOf(word);
      if (!inHead && at < 0) return 0;
      const begins = (" " + (marked ? part.exact : part.loose)).includes(" " + word);
      sum += (inHead ? 20 : 0) + (at < 0 ? 0 : 2) + (begins ? 3 : 0);
    }
    const all = words.join(" ");
    const whole = bare(all) !== all ? [part.head, part.exact] : [part.looseHead, part.loose];
    return sum + (whole[0].includes(all) ? (part.heading === part.title ? 60 : 30) : 0) + (whole[1].includes(all) ? 10 : 0);
  }

  function marked(text, words) {
    const loose = bare(text), exact = text.toLowerCase(), spans = [];
    for (const word of words) {
      const where = bare(word) !== word ? exact : loose;
      for (let at = where.indexOf(word); at >= 0; at = where.indexOf(word, at + word.length)) spans.push([at, at + word.length]);
    }
    spans.sort((a, b) => a[0] - b[0]);
    const out = document.createDocumentFragment();
    let done = 0;
    for (const [from, to] of spans) {
      if (from < done) continue;
      out.append(text.slice(done, from));
      const it = document.createElement("mark");
      it.textContent = text.slice(from, to);
      out.append(it);
      done = to;
    }
    out.append(text.slice(done));
    return out;
  }

  function snippet(part, words) {
    const places = [words.join(" "), ...words].map((word) => (bare(word) !== word ? part.exact : part.loose).indexOf(word)).filter((at) => at >= 0);
    const start = Math.max(0, (places[0] ?? 0) - 50);
    return (start ? "…" : "") + part.text.slice(start, start + 160) + (part.text.length > start + 160 ? "…" : "");
  }

  function show() {
    const typed = input.value.normalize("NFC").toLowerCase().trim();
    const words = typed.split(/\s+/).filter(Boolean);
    found.replaceChildren();
    found.hidden = !words.length;
    if (!words.length) return;
    const hits = parts.map((part) => [score(part, words), part]).filter(([sum]) => sum).sort((a, b) => b[0] - a[0]);
    for (const [, part] of hits.slice(0, 25)) {
      const link = document.createElement("a");
      link.href = part.file + "#" + part.anchor;
      link.setAttribute("role", "option");
      const head = document.createElement("b"), where = document.createElement("small"), text = document.createElement("span");
      head.append(marked(part.heading, words));
      where.textContent = part.heading === part.title ? "" : part.title + " · ";
      text.append(marked(snippet(part, words), words));
      link.append(head, where, text);
      found.append(link);
    }
    if (!hits.length) {
      const none = document.createElement("p");
      none.textContent = "Không thấy «" + input.value.trim() + "».";
      found.append(none);
    }
  }

  input.addEventListener("input", show);
  input.addEventListener("focus", show);
  document.addEventListener("click", (event) => { if (!box.contains(event.target)) found.hidden = true; });
  found.addEventListener("click", (event) => { if (event.target.closest("a")) found.hidden = true; });
  document.addEventListener("keydown", (event) => {
    const links = [...found.querySelectorAll("a")], at = links.indexOf(document.activeElement);
    if (event.key === "/" && document.activeElement !== input) { event.preventDefault(); input.select(); }
    else if (event.key === "Escape") { found.hidden = true; }
    else if (found.hidden || !links.length) return;
    else if (event.key === "ArrowDown") { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
    else if (event.key === "ArrowUp") { event.preventDefault(); (at > 0 ? links[at - 1] : input).focus(); }
    else if (event.key === "Enter" && document.activeElement === input) links[0].click();
  });
})();
