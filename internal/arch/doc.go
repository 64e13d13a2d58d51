// Package arch holds the tests that keep the packages' boundaries: which room
// may import which, purity, and documentation.
package arch
