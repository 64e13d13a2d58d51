// Package ecqm holds the public electronic clinical quality measures.
package ecqm
