// The preview of a page as wide as a computer's or a phone's screen, made to fit into its window. Without this script
// it is as wide as its window.
for (const preview of document.querySelectorAll('[data-preview]')) {
  const widths = preview.querySelector('[data-preview-widths]');
  const frame = preview.querySelector('[data-preview-window]');
  const fit = () => {
    const chosen = Number(widths.querySelector(':checked').value);
    const room = frame.clientWidth;
    // A computer's page is never shown narrower than the room that there is.
    const width = chosen > 600 ? Math.max(chosen, room) : Math.min(chosen, room);
    preview.style.setProperty('--page-width', `${width}px`);
    preview.style.setProperty('--page-scale', Math.min(1, room / width));
  };
  if (window.matchMedia('(width < 40em)').matches) widths.querySelector('[value="390"]').checked = true;
  widths.hidden = false;
  widths.addEventListener('change', fit);
  new ResizeObserver(fit).observe(frame);
}
