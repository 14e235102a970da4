// Adds the parts of weight_gradient.wgsl in a fixed order: the same bits on every run.
struct PartSizes {
  groups: u32,  // vec4f per part
  parts: u32,
}

@group(0) @binding(0) var<uniform> sizes: PartSizes;
@group(0) @binding(1) var<storage, read> parts: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> total: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= sizes.groups) {
    return;
  }
  var sum = vec4f(0.0);
  for (var part = 0u; part < sizes.parts; part++) {
    sum += parts[part * sizes.groups + id.x];
  }
  total[id.x] = sum;
}
