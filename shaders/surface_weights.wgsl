// theta + a d1 + b d2 for the points of one tile: all five arrays of the network side by side, as
// surface_loss.wgsl reads them.

struct SurfaceSizes {
  first_point: u32,  // of the tile, among `points`
  words: u32,        // vec4f of all weights of one point
}

@group(0) @binding(0) var<uniform> sizes: SurfaceSizes;
// (a, b) of every point
@group(0) @binding(1) var<storage, read> points: array<vec2f>;
// theta, d1 and d2, `words` vec4f each
@group(0) @binding(2) var<storage, read> plane: array<vec4f>;
// [points of the tile, words]
@group(0) @binding(3) var<storage, read_write> weights: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(workgroup_id) workgroup: vec3u) {
  if (id.x >= sizes.words) {
    return;
  }
  let point = points[sizes.first_point + workgroup.y];
  let first = plane[sizes.words + id.x];
  let second = plane[2u * sizes.words + id.x];
  weights[workgroup.y * sizes.words + id.x] =
    fma(vec4f(point.y), second, fma(vec4f(point.x), first, plane[id.x]));
}
