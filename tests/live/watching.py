"""Notes what a page shows while a visit goes by, faster than a test could ask."""

from typing import Any

from playwright.async_api import Page

_WATCH_SCREEN = """() => {
  const seen = window.seen = { phases: [], pictures: new Set() };
  const note = () => {
    const phase = document.body.dataset.phase ?? "none";
    if (seen.phases.at(-1) !== phase) seen.phases.push(phase);
  };
  new MutationObserver(note).observe(document.body, { attributes: true });
  note();
  setInterval(() => {
    const live = document.querySelector(".viewfinder .live");
    if (!live?.width) return;
    const middle = live.getContext("2d").getImageData(live.width / 4, live.height / 4, 64, 64).data;
    seen.pictures.add(middle.reduce((sum, value) => sum + value, 0));
  }, 50);
}"""
_SEEN = "() => ({ phases: window.seen.phases, pictures: window.seen.pictures.size })"
_WATCH_LAMP = """() => {
  window.colours = new Set();
  const lamp = document.querySelector("#lamp");
  new MutationObserver(() => window.colours.add(getComputedStyle(lamp).backgroundColor))
    .observe(lamp, { attributes: true });
}"""


async def watch_screen(page: Page) -> None:
    """From now on note each phase and each different live picture."""
    await page.evaluate(_WATCH_SCREEN)


async def seen_on_screen(page: Page) -> tuple[list[str], int]:
    """Phases in order ("none": the page waits for a booth), and how many different pictures."""
    seen: dict[str, Any] = await page.evaluate(_SEEN)
    return seen["phases"], seen["pictures"]


async def watch_lamp(page: Page) -> None:
    """From now on note each colour of the stage's lamp."""
    await page.evaluate(_WATCH_LAMP)


async def colours_of_lamp(page: Page) -> set[str]:
    """Every colour since `watch_lamp`, as CSS says it."""
    return set(await page.evaluate("() => [...window.colours]"))
