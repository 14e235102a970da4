// ||sum_n delta_t h_{t-1}^T||_F of every step: the step's contribution to dL/dW_h. For a batch by
// the Gram trick, sum over n, m of (delta_n . delta_m)(h_n . h_m), which costs B^2 H and not B H^2.
#include "common/params.wgsl"
#include "common/scaled.wgsl"

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> error_signals: array<vec4f>;
@group(0) @binding(2) var<storage, read> hidden_states: array<vec4f>;
@group(0) @binding(3) var<storage, read> row_exponents: array<RowExponents>;
@group(0) @binding(4) var<storage, read> error_signal_norms: array<RowNorm>;
// [T,B] of h_{t-1} as it enters step t
@group(0) @binding(5) var<storage, read> previous_state_norms: array<RowNorm>;
// [T,B] one row's share of the squared norm, relative to its step's largest product
@group(0) @binding(6) var<storage, read_write> shares: array<RowNorm>;

fn scaled_to(v: vec4f, e: i32) -> vec4f {
  let bounded = clamp(e, -252, 252);
  let half = bounded / 2;
  return v * power_of_two(half) * power_of_two(bounded - half);
}

// One thread per row (t, n).
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) workgroups: vec3u) {
  let rows = params.steps * params.batch;
  let groups = params.hidden_groups;
  for (var row = id.x; row < rows; row += workgroups.x * 64u) {
    let first = row / params.batch * params.batch;
    // The exponent of the step's largest product, common to its rows.
    var top = 2 * ZERO_EXPONENT;
    for (var other = first; other < first + params.batch; other++) {
      top = max(top, error_signal_norms[other].exponent + previous_state_norms[other].exponent);
    }
    let own_signal = error_signal_norms[row].exponent;
    let own_state = previous_state_norms[row].exponent;
    if (own_signal == ZERO_EXPONENT || own_state == ZERO_EXPONENT) {
      shares[row] = RowNorm(0.0, max(top, ZERO_EXPONENT));
      continue;
    }
    let own_carried = row_exponents[row + params.batch].error_signal;
    var sum = 0.0;
    for (var other = first; other < first + params.batch; other++) {
      let signal = error_signal_norms[other].exponent;
      let state = previous_state_norms[other].exponent;
      if (signal == ZERO_EXPONENT || state == ZERO_EXPONENT) {
        continue;
      }
      let carried = row_exponents[other + params.batch].error_signal;
      var signal_dot = 0.0;
      var state_dot = 0.0;
      for (var group = 0u; group < groups; group++) {
        signal_dot += dot(
          scaled_to(error_signals[row * groups + group], own_carried - own_signal),
          scaled_to(error_signals[other * groups + group], carried - signal));
        state_dot += dot(
          scaled_to(hidden_states[row * groups + group], -own_state),
          scaled_to(hidden_states[other * groups + group], -state));
      }
      sum += scale_by(signal_dot * state_dot, max(own_signal + own_state + signal + state - 2 * top, -252));
    }
    shares[row] = RowNorm(sum, top);
  }
}
