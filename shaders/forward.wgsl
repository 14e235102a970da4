// The recurrence a_t = W_h h_{t-1} + (W_x x_t + b), h_t = f(a_t), for the steps of one chunk.
// One workgroup per batch entry; the time loop is in here, with one barrier a step. Weights are
// streamed from memory, so that any H runs; forward_registers.wgsl is the fast kind for small H.
#include "common/params.wgsl"
#include "common/scaled.wgsl"
#include "common/elementary.wgsl"
#include "common/activation.wgsl"
#include "common/recurrence.wgsl"

override threads: u32 = 16u;
const MOST_GROUPS: u32 = 128u;

var<workgroup> state: array<array<vec4f, MOST_GROUPS>, 2>;

@compute @workgroup_size(threads)
fn main(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) workgroup: vec3u,
) {
  let entry = workgroup.x;
  let groups = params.hidden_groups;
  let before = ((chunk.first_step - 1u) * params.batch + entry) * groups;
  for (var group = thread; group < groups; group += threads) {
    state[0][group] = hidden_states[before + group] * retained[chunk.first_step - 1u];
  }
  workgroupBarrier();
  var current = 0u;
  for (var step = chunk.first_step; step <= chunk.last_step; step++) {
    let row = (step - 1u) * params.batch + entry;
    let kept = retained[step];
    for (var group = thread; group < groups; group += threads) {
      var a = pre_activations[row * groups + group];
      for (var column = 0u; column < groups; column++) {
        a += recurrent_blocks[column * groups + group] * state[current][column];
      }
      state[1u - current][group] = finish_state(row, group, a) * kept;
    }
    workgroupBarrier();
    current = 1u - current;
  }
}
