const ROW_WORKGROUP = 64;
/** Enough to fill any GPU; the row kernels stride over the rest. */
const MOST_ROW_WORKGROUPS = 4096;

/** Workgroups of a kernel with one thread per row and a stride loop. */
export function rowWorkgroups(rows: number): [number, number, number] {
  return [Math.max(1, Math.min(MOST_ROW_WORKGROUPS, Math.ceil(rows / ROW_WORKGROUP))), 1, 1];
}
