// Adds what only works with JavaScript: buttons that copy. Without it, the same words can be selected.
"use strict";

const said = document.createElement("p");
said.className = "hidden";
said.setAttribute("role", "status");
document.body.append(said);

function buttonFor(words) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  const what = document.createElement("span");
  what.className = "hidden";
  what.textContent = ` ${words.dataset.copy}`;
  button.append(what);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(words.textContent.trim());
      said.textContent = `Copied ${words.dataset.copy}`;
      button.firstChild.data = "Copied";
      setTimeout(() => { button.firstChild.data = "Copy"; }, 3000);
    } catch {
      getSelection().selectAllChildren(words);
      said.textContent = "Not copied: press Control and C to copy what is selected";
    }
  });
  return button;
}

for (const words of document.querySelectorAll("[data-copy]")) {
  words.after(Object.assign(document.createElement("dd"), { className: "copying" }));
  words.nextSibling.append(buttonFor(words));
}

// Asks again how far papers are read in, and says so.
for (const told of document.querySelectorAll("[data-again]")) {
  const ask = async () => {
    const reply = await fetch(told.dataset.again).catch(() => null);
    if (reply?.ok) told.innerHTML = await reply.text();
    if (told.querySelector("[data-under-way]")) setTimeout(ask, 3000);
  };
  setTimeout(ask, 1000);
}

// Says that files are too large before they are sent.
for (const files of document.querySelectorAll("input[data-most]")) {
  files.addEventListener("change", () => {
    const bytes = [...files.files].reduce((sum, each) => sum + each.size, 0);
    const much = bytes > files.dataset.most;
    files.setCustomValidity(much ? "These are too large to be sent at once: send fewer." : "");
    files.reportValidity();
  });
}

// Goes to the errors of a form, so that a screen reader begins there.
document.querySelector(".errors")?.focus();

// Brings the mark into a zoomed picture's frame.
const frame = document.querySelector(".frame");
const mark = document.querySelector("svg.marks .passage");
if (frame && mark && frame.scrollWidth > frame.clientWidth) {
  const inside = mark.getBoundingClientRect(), around = frame.getBoundingClientRect();
  frame.scrollLeft += inside.left - around.left - 40;
}
