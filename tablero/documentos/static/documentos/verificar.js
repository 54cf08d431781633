/* A file compared where it is: hashed by the browser, and sent only if the person asks for it.
   Without this script, or where the browser offers no hashing, the form sends it. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-verify]");
  document.querySelector("[data-result]")?.focus();
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const outcome = form.querySelector("[data-outcome]");
  const zone = form.querySelector("[data-drop]");
  const here = Boolean(window.isSecureContext && window.crypto?.subtle);

  form.querySelectorAll("[data-local]").forEach((n) => { n.hidden = !here; });
  form.querySelectorAll("[data-sent]").forEach((n) => { n.hidden = here; });

  const show = (kind) => {
    const words = form.querySelector(`template[data-for="${kind}"]`);
    outcome.replaceChildren(words.content.cloneNode(true));
  };

  // What can be told of a file without reading it whole.
  const fault = async (file) => {
    if (file.size > Number(form.dataset.max)) return "grande";
    const head = new Uint8Array(await file.slice(0, 1024).arrayBuffer());
    return String.fromCharCode(...head).includes("%PDF-") ? "" : "no_pdf";
  };

  const hash = async (file) => {
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    return [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, "0")).join("");
  };

  const tell = (sha256) => {
    if (form.dataset.find) { location.assign(`${form.dataset.find}?sha256=${sha256}`); return; }
    const earlier = form.dataset.anteriores.split(" ");
    if (sha256 === form.dataset.huella) show("igual");
    else show(earlier.includes(sha256) ? "anterior" : "distinto");
  };

  const compare = async (file, send) => {
    form.setAttribute("aria-busy", "true");
    try {
      const wrong = await fault(file);
      if (wrong) show(wrong);
      else if (send) { show("enviando"); form.submit(); }
      else tell(await hash(file));
    } catch {
      show("ilegible");
    } finally {
      form.removeAttribute("aria-busy");
    }
  };

  form.addEventListener("submit", (e) => {
    const [file] = input.files;
    if (!file) return;
    e.preventDefault();
    compare(file, !here || Boolean(e.submitter?.hasAttribute("data-send")));
  });

  // Another file: what was said of the one before is no longer true.
  input.addEventListener("change", () => outcome.replaceChildren());

  addEventListener("pageshow", (e) => { if (e.persisted) outcome.replaceChildren(); });

  const carries = (e) => [...(e.dataTransfer?.types ?? [])].includes("Files");
  document.addEventListener("dragover", (e) => {
    if (!carries(e)) return;
    e.preventDefault();
    zone.classList.add("is-over");
  });
  document.addEventListener("dragleave", (e) => { if (!e.relatedTarget) zone.classList.remove("is-over"); });
  document.addEventListener("drop", (e) => {
    if (!carries(e)) return;
    e.preventDefault();
    zone.classList.remove("is-over");
    const { files } = e.dataTransfer;
    if (files.length !== 1) { show("varios"); return; }
    input.files = files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    if (here) compare(files[0], false);
  });
})();
