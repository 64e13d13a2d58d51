// Package hedis is the indicator engine.
package hedis
