// Several sums over one workgroup at once, each at its own largest exponent: two barriers for all of them,
// and a fixed order. Each thread offers what it has of every sum.
override threads: u32 = 64u;
const MOST_SUMS: u32 = 10u;

var<workgroup> offered_exponents: array<array<i32, MOST_SUMS>, threads>;
var<workgroup> offered_sums: array<array<f32, MOST_SUMS>, threads>;

// After a barrier: the largest exponent that any thread offered.
fn largest_exponent(index: u32) -> i32 {
  var largest = offered_exponents[0][index];
  for (var i = 1u; i < threads; i++) {
    largest = max(largest, offered_exponents[i][index]);
  }
  return largest;
}

// After a barrier: the sum of what the threads offered.
fn whole_sum(index: u32) -> f32 {
  var sum = offered_sums[0][index];
  for (var i = 1u; i < threads; i++) {
    sum += offered_sums[i][index];
  }
  return sum;
}
