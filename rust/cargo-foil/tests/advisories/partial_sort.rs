// partial_sort 0.1.2 and 0.2.0.
use partial_sort::PartialSort;
fn main() {
    quiet();
    let mut v = vec![4u32, 3, 2, 1];
    v.partial_sort(2, |a, b| a.cmp(b));
    assert_eq!(v[0], 1);
    assert!(catch_unwind(Aus(|| v.partial_sort(6, |a, b| a.cmp(b)))).is_err());
}
