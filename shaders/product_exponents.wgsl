// For each parameter gradient, a sum over rows of (left row)(right row)^T: the largest exponent any
// of its products has. The sums are kept relative to it, so that neither a huge state times a tiny
// error signal nor the reverse is lost.
#include "common/params.wgsl"
#include "common/scaled.wgsl"

@group(0) @binding(0) var<uniform> params: Params;
// rows (t, n) of delta_t, dL/dz_t and x_t; [T+1,B] rows of h_t
@group(0) @binding(1) var<storage, read> error_signal_norms: array<RowNorm>;
@group(0) @binding(2) var<storage, read> logit_gradient_norms: array<RowNorm>;
@group(0) @binding(3) var<storage, read> input_norms: array<RowNorm>;
@group(0) @binding(4) var<storage, read> hidden_state_norms: array<RowNorm>;
// [T,B] rows of h_{t-1} as it enters step t
@group(0) @binding(5) var<storage, read> previous_state_norms: array<RowNorm>;
// dW_h, dW_x, db, dW_y, dc; ZERO_EXPONENT * 2 on entry
@group(0) @binding(6) var<storage, read_write> product_exponents: array<atomic<i32>, 5>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) workgroups: vec3u) {
  let rows = params.steps * params.batch;
  var top = array<i32, 5>(
    2 * ZERO_EXPONENT, 2 * ZERO_EXPONENT, 2 * ZERO_EXPONENT, 2 * ZERO_EXPONENT, 2 * ZERO_EXPONENT);
  for (var row = id.x; row < rows; row += workgroups.x * 64u) {
    let error_signal = error_signal_norms[row].exponent;
    let logit_gradient = logit_gradient_norms[row].exponent;
    top[0] = max(top[0], error_signal + previous_state_norms[row].exponent);
    top[1] = max(top[1], error_signal + input_norms[row].exponent);
    top[2] = max(top[2], error_signal);
    top[3] = max(top[3], logit_gradient + hidden_state_norms[row + params.batch].exponent);
    top[4] = max(top[4], logit_gradient);
  }
  for (var i = 0u; i < 5u; i++) {
    atomicMax(&product_exponents[i], top[i]);
  }
}
