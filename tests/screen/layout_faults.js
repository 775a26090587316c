// What a person could not read or touch: [what, where] for everything clipped, covered or too small.
() => {
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const box = (element) => element.getBoundingClientRect();
  const name = (element) => `${element.tagName} ${element.id} ${element.className} ${element.textContent.slice(0, 30)}`;

  for (const element of all("#terminal :is(h1, h2, p, button, canvas, svg.hands, svg.eyes, dd, output, li)")) {
    const { left, top, right, bottom, width } = box(element);
    if (width === 0) continue;
    const isInside = left > -1 && top > -1 && right < innerWidth + 1 && bottom < innerHeight + 1;
    if (!isInside) faults.push(["outside", name(element)]);
    if (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 2) faults.push(["too wide", name(element)]);
  }

  const parts = ["header", "#words", "#figure > *", "#actions", "#tools"].flatMap(all).filter((part) => box(part).height > 0);
  for (const [index, one] of parts.entries()) {
    for (const other of parts.slice(index + 1)) {
      const [a, b] = [box(one), box(other)];
      const isBeside = a.right <= b.left + 1 || b.right <= a.left + 1;
      const isAbove = a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
      if (!isBeside && !isAbove) faults.push(["covered", `${name(one)} / ${name(other)}`]);
    }
  }

  for (const button of all("#terminal button, dialog[open] button")) {
    const { width, height } = box(button);
    if (width < 64 || height < 64) faults.push(["too small to touch", name(button)]);
    if (button.scrollHeight > button.clientHeight + 2) faults.push(["too high", name(button)]);
  }
  return faults;
}
