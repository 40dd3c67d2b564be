// Image-policy does what the documentation of Flux's ImagePolicy says: of the tags of an image, it chooses one.
//
// One JSON request a line on stdin, one JSON answer a line on stdout.
package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/Masterminds/semver/v3"
)

type request struct {
	Tags []string
	// Spec is the ImagePolicy's.
	Spec struct {
		FilterTags *struct{ Pattern, Extract string }
		Policy     struct {
			Semver       *struct{ Range string }
			Numerical    *struct{ Order string }
			Alphabetical *struct{ Order string }
		}
	}
}

type answer struct {
	// Tag is empty where the policy selects none.
	Tag   string `json:"tag"`
	Error string `json:"error,omitempty"`
}

// A candidate is a tag and what of it is compared.
type candidate struct{ tag, key string }

func main() {
	decoder, encoder := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var r request
		if err := decoder.Decode(&r); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			panic(err)
		}
		var a answer
		if tag, err := choose(r); err != nil {
			a.Error = err.Error()
		} else {
			a.Tag = tag
		}
		if err := encoder.Encode(a); err != nil {
			panic(err)
		}
	}
}

func choose(r request) (string, error) {
	candidates, err := filter(r)
	if err != nil {
		return "", err
	}
	policy := r.Spec.Policy
	switch {
	case policy.Semver != nil:
		return highestVersion(candidates, policy.Semver.Range)
	case policy.Numerical != nil:
		return lastNumber(candidates, policy.Numerical.Order)
	case policy.Alphabetical != nil:
		return last(candidates, policy.Alphabetical.Order, func(a, b candidate) int { return strings.Compare(a.key, b.key) }), nil
	}
	return "", errors.New("the policy has none of semver, numerical and alphabetical")
}

func filter(r request) (candidates []candidate, err error) {
	f := r.Spec.FilterTags
	if f == nil {
		for _, tag := range r.Tags {
			candidates = append(candidates, candidate{tag, tag})
		}
		return candidates, nil
	}
	pattern, err := regexp.Compile(f.Pattern)
	if err != nil {
		return nil, err
	}
	for _, tag := range r.Tags {
		match := pattern.FindStringSubmatchIndex(tag)
		if match == nil {
			continue
		}
		key := tag
		if f.Extract != "" {
			key = string(pattern.ExpandString(nil, f.Extract, tag, match))
		}
		candidates = append(candidates, candidate{tag, key})
	}
	return candidates, nil
}

// Tags that are no versions are no candidates. A leading "v" is allowed, a version in short form is not.
func highestVersion(candidates []candidate, text string) (tag string, err error) {
	constraint, err := semver.NewConstraint(text)
	if err != nil {
		return "", err
	}
	var highest *semver.Version
	for _, c := range candidates {
		version, err := semver.StrictNewVersion(strings.TrimPrefix(c.key, "v"))
		if err == nil && constraint.Check(version) && (highest == nil || version.GreaterThan(highest)) {
			highest, tag = version, c.tag
		}
	}
	return tag, nil
}

func lastNumber(candidates []candidate, order string) (string, error) {
	numbers := map[string]float64{}
	for _, c := range candidates {
		number, err := strconv.ParseFloat(c.key, 64)
		if err != nil {
			return "", fmt.Errorf("%q of the tag %q is no number", c.key, c.tag)
		}
		numbers[c.key] = number
	}
	return last(candidates, order, func(a, b candidate) int { return cmp.Compare(numbers[a.key], numbers[b.key]) }), nil
}

func last(candidates []candidate, order string, compare func(a, b candidate) int) string {
	if len(candidates) == 0 {
		return ""
	}
	if order == "desc" {
		return slices.MinFunc(candidates, compare).tag
	}
	return slices.MaxFunc(candidates, compare).tag
}
