/* The editor of templates: line numbers follow the code; a row that was touched comes into sight. */
(() => {
  "use strict";
  for (const numbers of document.querySelectorAll("[data-renglones]")) {
    const code = document.getElementById(numbers.dataset.renglones);
    const draw = () => {
      const lines = code.value.split("\n").length + 60;
      numbers.textContent = Array.from({ length: lines }, (_, n) => n + 1).join("\n");
      numbers.scrollTop = code.scrollTop;
    };
    code.addEventListener("input", draw);
    code.addEventListener("scroll", () => { numbers.scrollTop = code.scrollTop; });
    draw();
  }
  document.querySelector("details.fila[open]")?.scrollIntoView({ block: "center" });
})();
