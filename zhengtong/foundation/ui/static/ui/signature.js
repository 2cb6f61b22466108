// Signing by hand: strokes become a small PNG in the hidden field; a signature device may hand in its own picture.
import SignaturePad from "../vendor/signature_pad.min.js";

const INK = "#14203c";

function prepare(root) {
  for (const field of root.querySelectorAll("[data-signature]:not([data-ready])")) sign(field);
}

function sign(field) {
  field.dataset.ready = "";
  const frame = field.querySelector("[data-signature-pad]");
  const canvas = frame.querySelector("canvas");
  const value = field.querySelector("[data-signature-value]");
  const said = field.querySelector("[data-signature-said]");
  const drawn = field.querySelector("[value=drawn]");
  const pad = new SignaturePad(canvas, { penColor: INK, minWidth: 0.8, maxWidth: 2.6 });

  function tell(isSigned) {
    said.textContent = isSigned ? said.dataset.signed : said.dataset.blank;
  }
  function keep() {
    value.value = pad.isEmpty() ? "" : canvas.toDataURL("image/png");
    tell(!pad.isEmpty());
  }
  // The canvas has as many dots as the screen shows; a change of size would blur it, so strokes are drawn anew.
  function fit() {
    if (!canvas.clientWidth) return;
    const ratio = Math.min(2, Math.max(1, devicePixelRatio));
    const before = value.value;
    canvas.width = canvas.clientWidth * ratio;
    canvas.height = canvas.clientHeight * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    const strokes = pad.toData();
    pad.clear();
    if (strokes.length) pad.fromData(strokes);
    else if (before) show(before);
  }
  function show(picture) {
    pad.clear();
    pad.fromDataURL(picture, { width: canvas.clientWidth, height: canvas.clientHeight });
    value.value = picture;
    tell(true);
  }
  function choose() {
    frame.hidden = !drawn.checked;
    if (drawn.checked) fit();
    if (!drawn.checked) value.value = "";
    else if (!pad.isEmpty()) keep();
  }

  field.querySelector("[data-signature-drawn]").hidden = false;
  if ("signatureFirst" in drawn.dataset) drawn.checked = true;
  field.addEventListener("change", choose);
  field.querySelector("[data-signature-clear]").addEventListener("click", () => {
    pad.clear();
    keep();
  });
  pad.addEventListener("endStroke", keep);
  field.addEventListener("signature:take", (event) => {
    drawn.checked = true;
    choose();
    show(event.detail);
  });
  new ResizeObserver(fit).observe(canvas);
  choose();
}

document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
prepare(document);
