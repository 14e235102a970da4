/** Updates per second over the last second or so. */
export function speedometer(): (count: number) => number | null {
  let marks: { readonly time: number; readonly count: number }[] = [];
  return (count) => {
    const time = performance.now();
    marks = [...marks.filter((mark) => time - mark.time < 1500), { time, count }];
    const [first] = marks;
    const seconds = (time - first!.time) / 1000;
    return seconds < 0.2 ? null : (count - first!.count) / seconds;
  };
}
