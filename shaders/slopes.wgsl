// f'(a_t) for every step at once, each row normalised by a power of two of its own: a whole row
// deep in saturation keeps its digits (docs/numerics.md, point 10).
#include "common/params.wgsl"
#include "common/scaled.wgsl"
#include "common/elementary.wgsl"
#include "common/activation.wgsl"

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> pre_activations: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> slopes: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> row_exponents: array<RowExponents>;
@group(0) @binding(4) var<storage, read> first_overflow: array<u32>;

fn true_exponent(s: Scaled) -> i32 {
  let e = exponent_of(s.mantissa);
  return select(e + s.exponent, ZERO_EXPONENT, e == ZERO_EXPONENT);
}

// One thread per row (t, n).
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) workgroups: vec3u) {
  let groups = params.hidden_groups;
  let rows = min(params.steps + 1u, first_overflow[0]) * params.batch - params.batch;
  for (var row = id.x; row < rows; row += workgroups.x * 64u) {
    var exponent = ZERO_EXPONENT;
    for (var group = 0u; group < groups; group++) {
      let a = pre_activations[row * groups + group];
      let real = inside(group, params.hidden_width);
      for (var i = 0u; i < 4u; i++) {
        if (real[i] != 0.0) {
          exponent = max(exponent, true_exponent(activation_slope(a[i])));
        }
      }
    }
    for (var group = 0u; group < groups; group++) {
      let a = pre_activations[row * groups + group];
      let real = inside(group, params.hidden_width);
      var value = vec4f(0.0);
      for (var i = 0u; i < 4u; i++) {
        if (real[i] != 0.0 && exponent != ZERO_EXPONENT) {
          let s = activation_slope(a[i]);
          value[i] = scale_by(s.mantissa, s.exponent - exponent);
        }
      }
      slopes[row * groups + group] = value;
    }
    row_exponents[row + params.batch].slope = exponent;
  }
}
