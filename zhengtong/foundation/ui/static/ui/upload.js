// Progress of an upload made by htmx: the element that sends lies in the same form or [data-upload] part as
// the component ui/upload_progress.html. Without JavaScript the form is sent as usual.

const part = (event) => event.target.closest("[data-upload], form")?.querySelector("[data-upload-progress]");

document.addEventListener("htmx:xhr:loadstart", (event) => {
  const shown = part(event);
  if (!shown) return;
  const files = event.target.files ?? event.target.querySelector("input[type=file]")?.files;
  shown.querySelector("[data-upload-name]").textContent = [...(files ?? [])].map((file) => file.name).join("、");
  shown.hidden = false;
});
document.addEventListener("htmx:xhr:progress", (event) => {
  const shown = part(event);
  if (!shown || !event.detail.lengthComputable) return;
  const percent = Math.round((100 * event.detail.loaded) / event.detail.total);
  shown.querySelector("progress").value = percent;
  shown.querySelector("[data-upload-words]").value = `${percent}%`;
});
for (const end of ["htmx:xhr:loadend", "htmx:xhr:abort"]) {
  document.addEventListener(end, (event) => {
    const shown = part(event);
    if (shown) shown.hidden = true;
  });
}
