// For every row of a matrix: the exponent of its largest entry and the sum of its squares relative
// to that. Norms are log2 values in the end, so no square ever leaves the range of a float.
#include "common/params.wgsl"
#include "common/scaled.wgsl"

struct RowNormSizes {
  rows: u32,
  groups: u32,
  // which exponent each row carries: 0 none, 1 logit_gradient, 2 state_gradient, 3 error_signal
  exponent_kind: u32,
  // first row of `row_exponents` that belongs to row 0
  exponent_offset: u32,
  // rows from here on are ignored when the state overflowed before them: offset + stop * batch
  stop_offset: u32,
  batch: u32,
}

@group(0) @binding(0) var<uniform> sizes: RowNormSizes;
@group(0) @binding(1) var<storage, read> values: array<vec4f>;
@group(0) @binding(2) var<storage, read> row_exponents: array<RowExponents>;
@group(0) @binding(3) var<storage, read> first_overflow: array<u32>;
@group(0) @binding(4) var<storage, read_write> norms: array<RowNorm>;

fn carried_exponent(row: u32) -> i32 {
  let exponents = row_exponents[row + sizes.exponent_offset];
  switch (sizes.exponent_kind) {
    case 1u: { return exponents.logit_gradient; }
    case 2u: { return exponents.state_gradient; }
    case 3u: { return exponents.error_signal; }
    default: { return 0; }
  }
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) workgroups: vec3u) {
  let live = sizes.stop_offset + (first_overflow[0] - 1u) * sizes.batch;
  for (var row = id.x; row < sizes.rows; row += workgroups.x * 64u) {
    if (row >= live) {
      norms[row] = RowNorm(0.0, ZERO_EXPONENT);
      continue;
    }
    let base = row * sizes.groups;
    var peak = 0.0;
    for (var group = 0u; group < sizes.groups; group++) {
      peak = max(peak, largest_component(values[base + group]));
    }
    let exponent = exponent_of(peak);
    let carried = carried_exponent(row);
    if (exponent == ZERO_EXPONENT || carried == ZERO_EXPONENT) {
      norms[row] = RowNorm(0.0, ZERO_EXPONENT);
      continue;
    }
    let half = -exponent / 2;
    let scale0 = power_of_two(half);
    let scale1 = power_of_two(-exponent - half);
    var sum = 0.0;
    for (var group = 0u; group < sizes.groups; group++) {
      let v = values[base + group] * scale0 * scale1;
      sum += dot(v, v);
    }
    norms[row] = RowNorm(sum, add_exponents(exponent, carried));
  }
}
