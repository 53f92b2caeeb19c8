// Only makes quicker what the plain forms do: pins and undoing without a
// new page, and what a swap would do while it is being chosen.
"use strict";

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-here]")) return;

  event.preventDefault();
  const key = form.querySelector("button").dataset.key;
  const fields = new URLSearchParams(new FormData(form));
  let page;
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    form.removeAttribute("data-here");
    form.submit();
    return;
  }
  const main = page.querySelector("main");
  if (!main) {
    location.reload();
    return;
  }
  const [left, top] = [scrollX, scrollY];
  document.querySelector("main").replaceWith(main);
  document.title = page.title;
  scrollTo(left, top);
  const next = [...main.querySelectorAll("[data-key]")];
  const same = next.find((button) => button.dataset.key === key);
  (same || next[0] || main.querySelector("a"))?.focus({ preventScroll: true });
});

document.addEventListener("change", async (event) => {
  const form = event.target.closest("form[data-check]");
  if (!form || event.target.name !== "with") return;

  const said = form.querySelector("output");
  const chosen = event.target.value;
  said.textContent = "";
  if (!chosen) return;

  const asked = new URL(form.dataset.check, location.href);
  asked.searchParams.set("with", chosen);
  const answer = await fetch(asked);
  if (!answer.ok || event.target.value !== chosen) return;

  const found = await answer.json();
  const against = [...found.impossible, ...found.breaks];
  said.classList.toggle("bad", against.length > 0);
  said.textContent = against.length
    ? said.dataset.breaks + against.join("；")
    : found.costs.join("，");
});
