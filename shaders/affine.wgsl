// out[row] = M in[row] + bias for many rows at once: the input projection W_x x_t + b, the logits
// W_y h_t + c and the injected term W_y^T dL/dz_t. M is packed in 4 x 4 blocks,
// blocks[column_group * out_groups + out_group] (src/engine/gpu/packing.ts).
struct AffineSizes {
  first_row: u32,
  end_row: u32,        // exclusive
  in_groups: u32,
  out_groups: u32,
  in_row_offset: u32,  // rows to skip in `input` (h_t sits one batch further than its step)
}

@group(0) @binding(0) var<uniform> sizes: AffineSizes;
@group(0) @binding(1) var<storage, read> blocks: array<mat4x4f>;
@group(0) @binding(2) var<storage, read> bias: array<vec4f>;
@group(0) @binding(3) var<storage, read> input: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> output: array<vec4f>;

// Each thread makes one group of four outputs for four rows.
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let group = id.x;
  let row = sizes.first_row + id.y * 4u;
  if (group >= sizes.out_groups || row >= sizes.end_row) {
    return;
  }
  let last = sizes.end_row - 1u;
  let in0 = (min(row, last) + sizes.in_row_offset) * sizes.in_groups;
  let in1 = (min(row + 1u, last) + sizes.in_row_offset) * sizes.in_groups;
  let in2 = (min(row + 2u, last) + sizes.in_row_offset) * sizes.in_groups;
  let in3 = (min(row + 3u, last) + sizes.in_row_offset) * sizes.in_groups;
  let b = bias[group];
  var sum0 = b;
  var sum1 = b;
  var sum2 = b;
  var sum3 = b;
  for (var column = 0u; column < sizes.in_groups; column++) {
    let block = blocks[column * sizes.out_groups + group];
    sum0 += block * input[in0 + column];
    sum1 += block * input[in1 + column];
    sum2 += block * input[in2 + column];
    sum3 += block * input[in3 + column];
  }
  let out = row * sizes.out_groups + group;
  output[out] = sum0;
  if (row + 1u < sizes.end_row) {
    output[out + sizes.out_groups] = sum1;
  }
  if (row + 2u < sizes.end_row) {
    output[out + 2u * sizes.out_groups] = sum2;
  }
  if (row + 3u < sizes.end_row) {
    output[out + 3u * sizes.out_groups] = sum3;
  }
}
