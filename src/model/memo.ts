/**
 * `compute`, remembering its last `capacity` results by its arguments (compared with Object.is).
 * `compute` must be pure; callers share the result and must not change it.
 */
export function rememberLast<A extends readonly unknown[], R>(
  capacity: number,
  compute: (...args: A) => R,
): (...args: A) => R {
  const recent: { args: A; result: R }[] = [];
  return (...args) => {
    const at = recent.findIndex(
      (entry) =>
        entry.args.length === args.length && entry.args.every((arg, i) => Object.is(arg, args[i])),
    );
    const entry = at < 0 ? { args, result: compute(...args) } : recent.splice(at, 1)[0]!;
    recent.unshift(entry);
    if (recent.length > capacity) recent.pop();
    return entry.result;
  };
}
