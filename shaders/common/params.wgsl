// Sizes of the problem, shared by every kernel. Mirrored by src/engine/gpu/params.ts.
// Widths are padded to whole groups of four (vec4f); padded entries are zero everywhere.
struct Params {
  steps: u32,          // T
  batch: u32,          // B
  input_width: u32,    // I
  hidden_width: u32,   // H
  output_width: u32,   // O
  input_groups: u32,   // ceil(I / 4)
  hidden_groups: u32,  // ceil(H / 4)
  output_groups: u32,  // ceil(O / 4)
  class_targets: u32,  // 1: targets are class indices
}

// The steps of one dispatch: long sequences are cut into several (src/engine/gpu/planner.ts).
struct Chunk {
  first_step: u32,  // 1-based
  last_step: u32,   // inclusive
}

// Base-2 exponents of one row (step t, batch entry n): value = mantissa * 2^exponent.
struct RowExponents {
  logit_gradient: i32,  // of dL/dz_t, and so of the injected term W_y^T dL/dz_t
  slope: i32,           // of f'(a_t)
  state_gradient: i32,  // of e_t = dL/dh_t
  error_signal: i32,    // of delta_t = dL/da_t
}

// Sum of squares of one row as sum * 2^(2 * exponent); exponent is that of the largest entry.
struct RowNorm {
  sum_of_squares: f32,
  exponent: i32,
}

// Entries 0..3 of group `group` that are inside `width`, as 1.0 or 0.0.
fn inside(group: u32, width: u32) -> vec4f {
  let first = group * 4u;
  return select(vec4f(0.0), vec4f(1.0), vec4u(first, first + 1u, first + 2u, first + 3u) < vec4u(width));
}
