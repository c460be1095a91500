"use strict";
(() => {
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const filter = document.querySelector(".filter");

  if (filter) {
    const units = filter.dataset.units.split("\n").map((line) => {
      const [name, block, states] = line.split("\t");
      const has = new Set((states || "").split(" "));
      return { name: " " + fold(name), block, has, wrong: ["wrong", "overdue", "returned", "unread"].some((one) => has.has(one)) };
    });
    const whose = (node) => node.dataset.u.split(" ").map(Number);
    const of = all("[data-u]").map((node) => [node, whose(node)]);
    const groups = all("[data-g]").map((node) => [node, all("[data-u]", node).flatMap(whose), node.querySelector(".n")]);
    const [name, block, state, wrong] = ["name", "block", "state", "wrong"].map((id) => document.getElementById("f-" + id));
    const found = filter.querySelector(".found");

    const run = () => {
      const words = fold(name.value).trim().replace(/\s+/g, " ");
      const on = words || block.value || state.value || wrong.checked;
      const fits = units.map((unit) =>
        (!words || unit.name.includes(" " + words)) && (!block.value || unit.block === block.value) &&
        (!state.value || unit.has.has(state.value)) && (!wrong.checked || unit.wrong));
      for (const [node, mine] of of) {
        const hide = !mine.some((i) => fits[i]);
        if (node.hidden !== hide) node.hidden = hide;
      }
      for (const [node, mine, count] of groups) {
        if (!mine.length) continue;
        const left = mine.filter((i) => fits[i]).length;
        if (node.hidden !== !left) node.hidden = !left;
        if (count) {
          const whole = Number(count.dataset.n), short = on && mine.length === whole && left < whole;
          const said = short ? left + "/" + whole : whole.toLocaleString("vi");
          if (count.textContent !== said) count.textContent = said;
        }
      }
      const [few, many] = [fits.filter(Boolean).length, units.length].map((n) => n.toLocaleString("vi"));
      found.textContent = on ? found.dataset.said.replace("##", many).replace("#", few) : "";
      filter.classList.toggle("on", Boolean(on));
    };
    filter.addEventListener("input", run);
    filter.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      name.value = block.value = state.value = "";
      wrong.checked = false;
      run();
    });
    filter.hidden = false;
    run();
  }

  const opened = () => all("details[name=k][open]");
  document.addEventListener("toggle", ({ target }) => {
    if (target.open && target.matches("details[name=k]")) opened().forEach((one) => { if (one !== target) one.open = false; });
  }, true);
  document.addEventListener("click", ({ target }) => {
    if (!target.closest("details[name=k]")) opened().forEach((one) => { one.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") opened().forEach((one) => { one.open = false; one.firstElementChild.focus(); });
  });

  // What is printed is open; what was closed is closed again.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open]):not([name=k]):not(.m)");
    closed.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((one) => { one.open = false; }));
})();
