// Adds the lanes of a sliding window (backward.wgsl): e_t, or delta_t, of each is one of the sum's terms.
// Every row comes to the exponent of its largest term, so a window whose error has vanished meets one
// whose error has not.
#include "common/params.wgsl"
#include "common/scaled.wgsl"

struct LaneSizes {
  rows: u32,             // of one lane
  groups: u32,
  lanes: u32,
  exponent_kind: u32,    // 2 state_gradient, 3 error_signal
  exponent_offset: u32,  // first row of row_exponents that belongs to row 0
  exponent_rows: u32,    // rows of row_exponents of the sum, and of each lane after it
  accumulate: u32,       // 1: the sum so far is a term
}

@group(0) @binding(0) var<uniform> sizes: LaneSizes;
// [lanes] times the rows
@group(0) @binding(1) var<storage, read> lane_values: array<vec4f>;
// The sum
@group(0) @binding(2) var<storage, read_write> values: array<vec4f>;
// The sum's, then the lanes'
@group(0) @binding(3) var<storage, read_write> row_exponents: array<RowExponents>;

// Term 0 is the sum so far, term i the lane i - 1.
fn term_value(term: u32, row: u32, group: u32) -> vec4f {
  if (term == 0u) {
    return values[row * sizes.groups + group];
  }
  return lane_values[((term - 1u) * sizes.rows + row) * sizes.groups + group];
}

fn carried_exponent(term: u32, row: u32) -> i32 {
  let exponents = row_exponents[term * sizes.exponent_rows + sizes.exponent_offset + row];
  return select(exponents.error_signal, exponents.state_gradient, sizes.exponent_kind == 2u);
}

fn scaled_to(v: vec4f, e: i32) -> vec4f {
  let bounded = clamp(e, -252, 252);
  let half = bounded / 2;
  return v * power_of_two(half) * power_of_two(bounded - half);
}

// One thread per row.
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) workgroups: vec3u) {
  let first = 1u - sizes.accumulate;
  for (var row = id.x; row < sizes.rows; row += workgroups.x * 64u) {
    var top = ZERO_EXPONENT;
    for (var term = first; term <= sizes.lanes; term++) {
      let carried = carried_exponent(term, row);
      if (carried == ZERO_EXPONENT) {
        continue;
      }
      var peak = 0.0;
      for (var group = 0u; group < sizes.groups; group++) {
        peak = max(peak, largest_component(term_value(term, row, group)));
      }
      let exponent = exponent_of(peak);
      if (exponent != ZERO_EXPONENT) {
        top = max(top, add_exponents(exponent, carried));
      }
    }
    for (var group = 0u; group < sizes.groups; group++) {
      var sum = vec4f(0.0);
      for (var term = first; term <= sizes.lanes; term++) {
        let carried = carried_exponent(term, row);
        if (carried != ZERO_EXPONENT && top != ZERO_EXPONENT) {
          sum += scaled_to(term_value(term, row, group), carried - top);
        }
      }
      values[row * sizes.groups + group] = sum;
    }
    if (sizes.exponent_kind == 2u) {
      row_exponents[sizes.exponent_offset + row].state_gradient = top;
    } else {
      row_exponents[sizes.exponent_offset + row].error_signal = top;
    }
  }
}
