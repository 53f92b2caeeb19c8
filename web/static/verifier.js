// Lets the visitor's own browser recompute a published term.
import { counts, verify } from "./draw.js";

const box = document.querySelector("#verifier");
const words = JSON.parse(box.dataset.words);
const said = box.querySelector("output");
box.hidden = false;

async function check(content) {
  said.textContent = box.dataset.busy;
  // A moment for the browser to show it; the sums take a second or two.
  await new Promise((done) => setTimeout(done, 50));
  const { key, frame } = box.dataset;
  const faults = verify(content, key, frame);
  said.classList.toggle("bad", faults.length > 0);
  if (faults.length) {
    const lines = faults.map(([where, what]) => `${where}: ${words[what]}`);
    said.textContent = [box.dataset.bad, ...lines].join("\n");
    return;
  }
  const found = counts(content);
  said.textContent = box.dataset.good.replace(
    /\{(\w+)\}/g,
    (_, name) => found[name],
  );
}

box.querySelector("button").addEventListener("click", async () => {
  const answer = await fetch(box.dataset.file);
  await check(new Uint8Array(await answer.arrayBuffer()));
});

box.querySelector("input").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (file) await check(new Uint8Array(await file.arrayBuffer()));
});
