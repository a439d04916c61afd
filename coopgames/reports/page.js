// The page is whole without this: it sorts the standings and saves the specification.
"use strict";
(() => {
  const table = document.querySelector("table.standings");
  const heads = table ? [...table.tHead.rows[0].cells] : [];
  heads.forEach((head, column) => {
    if (head.classList.contains("bars")) return;
    // Not a <button>: Chromium leaves those out of a heading that is repeated on a printed page.
    const button = document.createElement("span");
    const label = head.getAttribute("aria-label");
    button.setAttribute("role", "button");
    button.tabIndex = 0;
    button.textContent = head.textContent;
    button.title = `Sort by ${label || head.textContent}`;
    if (label) {
      button.setAttribute("aria-label", label);
      head.removeAttribute("aria-label");
    }
    head.replaceChildren(button);
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      button.click();
    });
    button.addEventListener("click", () => {
      const first = column === 0 || column === 1 ? "ascending" : "descending";
      const other = first === "ascending" ? "descending" : "ascending";
      const order = head.getAttribute("aria-sort") === first ? other : first;
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", order);
      const sign = order === "ascending" ? 1 : -1;
      const value = (row) => row.cells[column].dataset.value;
      const rows = [...table.tBodies[0].rows].sort((a, b) => {
        const [x, y] = [value(a), value(b)];
        if (x === "" || y === "") return (x === "") - (y === "");
        return sign * (column === 1 ? x.localeCompare(y) : x - y);
      });
      table.tBodies[0].append(...rows);
    });
  });

  const specification = document.getElementById("specification");
  if (specification) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "save";
    button.textContent = `Save ${specification.dataset.name}`;
    button.addEventListener("click", () => {
      const link = document.createElement("a");
      const file = new Blob([specification.textContent], { type: "application/toml" });
      link.href = URL.createObjectURL(file);
      link.download = specification.dataset.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    specification.before(button);
  }
})();
