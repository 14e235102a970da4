// Bindings and the last step of the recurrence, shared by forward.wgsl and forward_registers.wgsl.
// Needs common/params.wgsl and common/activation.wgsl.

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<uniform> chunk: Chunk;
// W_h, blocks[column_group * hidden_groups + row_group]
@group(0) @binding(2) var<storage, read> recurrent_blocks: array<mat4x4f>;
// [T,B] rows; holds W_x x_t + b on entry and a_t on exit
@group(0) @binding(3) var<storage, read_write> pre_activations: array<vec4f>;
// [T+1,B] rows; row t*B + n is h_t, the first B rows are h_0
@group(0) @binding(4) var<storage, read_write> hidden_states: array<vec4f>;
// [T+1] retained[t-1] scales h_{t-1} as it enters step t: 0 = the state is reset before step t
@group(0) @binding(5) var<storage, read> retained: array<f32>;

// Writes a_t and h_t = f(a_t) of one group of units; returns h_t.
fn finish_state(row: u32, group: u32, a: vec4f) -> vec4f {
  let groups = params.hidden_groups;
  let h = inside(group, params.hidden_width) * vec4f(
    activation_value(a.x), activation_value(a.y), activation_value(a.z), activation_value(a.w));
  pre_activations[row * groups + group] = a;
  hidden_states[(row + params.batch) * groups + group] = h;
  return h;
}
