// The norms of h_{t-1} as it enters step t: those of the states, and zero where the state is reset. Every
// product with h_{t-1} passes over rows whose norm is zero.
#include "common/params.wgsl"
#include "common/scaled.wgsl"

struct PreviousNormSizes {
  rows: u32,
  batch: u32,
}

@group(0) @binding(0) var<uniform> sizes: PreviousNormSizes;
// [T+1,B] of h_t, the first B rows of h_0: row r is h_{t-1} of the row r of step t
@group(0) @binding(1) var<storage, read> hidden_state_norms: array<RowNorm>;
// [T+1] retained[t-1] = 0: the state is reset before step t
@group(0) @binding(2) var<storage, read> retained: array<f32>;
// [T,B]
@group(0) @binding(3) var<storage, read_write> previous_state_norms: array<RowNorm>;

// One thread per row (t, n).
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) workgroups: vec3u) {
  for (var row = id.x; row < sizes.rows; row += workgroups.x * 64u) {
    var norm = hidden_state_norms[row];
    if (retained[row / sizes.batch] == 0.0) {
      norm = RowNorm(0.0, ZERO_EXPONENT);
    }
    previous_state_norms[row] = norm;
  }
}
