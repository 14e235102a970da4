/** "10, 20–30, 96" as ascending unique steps 1…T; null when any part of it is none. */
export function parseSteps(text: string, T: number): number[] | null {
  const steps = new Set<number>();
  const parts = text
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .replace(/ ?([-–—~]) ?/g, '$1')
    .split(/[,;、\s]+/)
    .filter((part) => part !== '');
  for (const part of parts) {
    const match = /^(\d{1,6})(?:[-–—~](\d{1,6}))?$/.exec(part);
    if (match === null) return null;
    const from = Number(match[1]);
    const to = Number(match[2] ?? match[1]);
    if (from < 1 || to > T || from > to) return null;
    for (let step = from; step <= to; step++) steps.add(step);
  }
  return steps.size === 0 ? null : Array.from(steps).sort((a, b) => a - b);
}

/** The shortest such text: runs of three and more become ranges. */
export function formatSteps(steps: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < steps.length;) {
    let end = i;
    while (end + 1 < steps.length && steps[end + 1] === steps[end]! + 1) end++;
    if (end - i >= 2) parts.push(`${steps[i]}–${steps[end]}`);
    else for (let j = i; j <= end; j++) parts.push(String(steps[j]));
    i = end + 1;
  }
  return parts.join(', ');
}
