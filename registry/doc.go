// Package registry is the vocabulary of the library: facts about patients,
// questions about them, and answers.
package registry
