// The message of the decision page: opened, it has the focus; returning without a word opens it first. Without this
// script the server asks for the words, in the same place. A time that is set beside it takes the words along.
for (const bar of document.querySelectorAll('[data-decide]')) {
  const message = bar.querySelector('[data-message]');
  const field = message.querySelector('textarea');
  let opened = false; // by a hand; what was open from the start has its focus where the server wants it
  message.querySelector('summary').addEventListener('click', () => {
    opened = true;
  });
  message.addEventListener('toggle', () => {
    if (message.open && opened) field.focus();
  });
  for (const form of document.querySelectorAll('.times form')) {
    form.addEventListener('formdata', (event) => event.formData.set('comment', field.value));
  }
  bar.querySelector('[value="reject"]').addEventListener('click', (event) => {
    if (message.open || field.value.trim()) return;
    event.preventDefault();
    opened = true;
    message.open = true;
  });
}
