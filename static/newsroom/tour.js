/* The walk over the first screen. It covers nothing that it speaks of: no modal, Escape ends it, and each stop takes the
   focus to its heading, so that a screen reader says it. That somebody saw it is kept in their profile. */
document.addEventListener("DOMContentLoaded", () => {
  const tour = document.querySelector("[data-tour]");
  if (!tour) return;

  const part = (name) => tour.querySelector(`[data-tour-${name}]`);
  const [next, back, end] = ["next", "back", "end"].map(part);
  const heading = tour.querySelector("#tour-heading");
  const words = tour.querySelector("#tour-words");
  const stops = [...tour.querySelectorAll("template")]
    .map((template) => ({ template, target: document.querySelector(template.dataset.tourStop) }))
    .filter((stop) => stop.target);
  const skip = end.textContent;
  let place = 0;

  function show(number) {
    stops[place].target.classList.remove("tour-target");
    place = number;
    const { template, target } = stops[place];
    const isLast = place === stops.length - 1;
    heading.textContent = template.content.querySelector("h2").textContent;
    words.textContent = template.content.querySelector("p").textContent;
    part("place").textContent = place + 1;
    part("total").textContent = stops.length;
    back.hidden = place === 0;
    next.hidden = isLast;
    end.textContent = isLast ? end.dataset.tourDone : skip;
    target.classList.add("tour-target");
    target.scrollIntoView({ block: "start" }); // above the tour, which stands below
    heading.focus({ preventScroll: true });
  }

  /* Seen once is seen, also by whoever goes on to another page in the middle of it. */
  function remember() {
    const config = JSON.parse(document.getElementById("wagtail-config").textContent);
    fetch(tour.dataset.tourUrl, {
      method: "PATCH",
      headers: { "Content-Type": "application/json", [config.CSRF_HEADER_NAME]: config.CSRF_TOKEN },
      body: JSON.stringify({ [tour.dataset.tour]: true }),
      keepalive: true,
    });
  }

  function finish() {
    stops[place].target.classList.remove("tour-target");
    tour.close();
    document.querySelector(".first-screen__title").focus();
  }

  next.addEventListener("click", () => show(place + 1));
  back.addEventListener("click", () => show(place - 1));
  end.addEventListener("click", finish);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && tour.open) finish();
  });

  if (stops.length && tour.hasAttribute("data-tour-begins")) {
    remember();
    tour.show();
    show(0);
  }
});
