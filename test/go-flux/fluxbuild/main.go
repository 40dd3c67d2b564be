// What Flux itself makes of a request, one JSON a line: a template with variables, an object, or a folder with a Flux Kustomization.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/fluxcd/pkg/envsubst"
	"github.com/fluxcd/pkg/kustomize"
	ssautil "github.com/fluxcd/pkg/ssa/utils"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/api/provider"
)

type request struct {
	// A text, and the variables that it may use.
	Template  *string           `json:"template"`
	Variables map[string]string `json:"variables"`

	// An object to substitute in, as the Flux Kustomization says.
	Object map[string]interface{} `json:"object"`

	// Files by path, the directory to build, and the Flux Kustomization.
	Files         map[string]string      `json:"files"`
	Path          string                 `json:"path"`
	Kustomization map[string]interface{} `json:"kustomization"`
	Strict        bool                   `json:"strict"`
}

type answer struct {
	Text    string                   `json:"text,omitempty"`
	Objects []map[string]interface{} `json:"objects,omitempty"`
	Error   string                   `json:"error,omitempty"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<28)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for lines.Scan() {
		var asked request
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		var result answer
		var err error
		if asked.Template != nil {
			result.Text, err = envsubst.Eval(*asked.Template, func(name string) (string, bool) {
				value, known := asked.Variables[name]
				return value, known
			})
		} else if asked.Object != nil {
			result.Objects, err = substitute(asked)
		} else {
			result.Objects, err = build(asked)
		}
		if err != nil {
			result = answer{Error: err.Error()}
		}
		if err := out.Encode(result); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
	}
}

// substitute puts variables into one object of a render.
func substitute(asked request) ([]map[string]interface{}, error) {
	object, err := provider.NewDefaultDepProvider().GetResourceFactory().FromMap(asked.Object)
	if err != nil {
		return nil, err
	}
	flux := unstructured.Unstructured{Object: asked.Kustomization}
	if _, err := kustomize.SubstituteVariables(context.Background(), nil, flux, object,
		kustomize.SubstituteWithDryRun(true), kustomize.SubstituteWithStrict(asked.Strict)); err != nil {
		return nil, err
	}
	found, err := object.Map()
	return []map[string]interface{}{found}, err
}

// build does what kustomize-controller does with a source, up to the point where it would apply the objects.
func build(asked request) ([]map[string]interface{}, error) {
	root, err := os.MkdirTemp("", "fluxbuild-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(root)
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return nil, err
	}
	for path, text := range asked.Files {
		file := filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	directory := filepath.Join(root, asked.Path)
	object := unstructured.Unstructured{Object: asked.Kustomization}
	if _, err := kustomize.NewGenerator(root, object).WriteFile(directory); err != nil {
		return nil, err
	}
	built, err := kustomize.SecureBuild(root, directory, false)
	if err != nil {
		return nil, err
	}
	_, substitutes, _ := unstructured.NestedMap(asked.Kustomization, "spec", "postBuild")
	strategy, _, _ := unstructured.NestedString(asked.Kustomization, "spec", "postBuild", "substituteStrategy")
	for _, resource := range built.Resources() {
		if !substitutes {
			continue
		}
		changed, err := kustomize.SubstituteVariables(context.Background(), nil, object, resource,
			kustomize.SubstituteWithDryRun(true), kustomize.SubstituteWithStrict(asked.Strict), kustomize.SubstituteWithAlways(strategy == "Always"))
		if err != nil {
			return nil, fmt.Errorf("post build failed for '%s': %w", resource.GetName(), err)
		}
		if changed != nil {
			if _, err := built.Replace(resource); err != nil {
				return nil, err
			}
		}
	}
	text, err := built.AsYaml()
	if err != nil {
		return nil, err
	}
	objects, err := ssautil.ReadObjects(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	labels, _, _ := unstructured.NestedStringMap(asked.Kustomization, "spec", "commonMetadata", "labels")
	annotations, _, _ := unstructured.NestedStringMap(asked.Kustomization, "spec", "commonMetadata", "annotations")
	ssautil.SetCommonMetadata(objects, labels, annotations)
	found := make([]map[string]interface{}, 0, len(objects))
	for _, one := range objects {
		found = append(found, one.Object)
	}
	return found, nil
}
