// Finds the first step whose state passed 1e37 or whose logits are not finite. Bits, not
// comparisons: a compiler may assume that infinities and NaN do not occur (docs/numerics.md).
#include "common/params.wgsl"

@group(0) @binding(0) var<uniform> params: Params;
// hidden_states [T+1,B] and logits [T,B] rows, read as bits
@group(0) @binding(1) var<storage, read> hidden_state_bits: array<vec4u>;
@group(0) @binding(2) var<storage, read> logit_bits: array<vec4u>;
// T + 1 on entry
@group(0) @binding(3) var<storage, read_write> first_overflow: array<atomic<u32>>;

const MAGNITUDE: u32 = 0x7fffffffu;
const STATE_LIMIT: u32 = 0x7cf0bdc2u;  // 1e37
const NOT_FINITE: u32 = 0x7f800000u;

// One thread per row (t, n).
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) workgroups: vec3u) {
  let rows = params.steps * params.batch;
  for (var row = id.x; row < rows; row += workgroups.x * 64u) {
    var over = false;
    for (var group = 0u; group < params.hidden_groups; group++) {
      let bits = hidden_state_bits[(row + params.batch) * params.hidden_groups + group];
      over = over || any((bits & vec4u(MAGNITUDE)) > vec4u(STATE_LIMIT));
    }
    for (var group = 0u; group < params.output_groups; group++) {
      let bits = logit_bits[row * params.output_groups + group];
      over = over || any((bits & vec4u(MAGNITUDE)) >= vec4u(NOT_FINITE));
    }
    if (over) {
      atomicMin(&first_overflow[0], row / params.batch + 1u);
    }
  }
}
