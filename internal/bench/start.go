package main

import (
	"context"
	"fmt"
	"time"
)

// starting measures how long the program takes to be ready, and its memory.
func (b *bench) starting(ctx context.Context) (section, error) {
	soon, small := bar{300, true, "ms"}, bar{80, true, "MiB"}
	s := section{
		title: "Start and memory",
		before: fmt.Sprintf("As shipped, with the embedded catalogue. From exec to the first 200 of /readyz, asked every millisecond: median of %d. Memory is the\n"+
			"resident set (VmRSS); that after %s requests is read at once, before anything is given back.", b.starts, figure(float64(b.requests))),
		table: table{columns: []string{"what", "figure", "bar"}},
	}
	var took, resident []float64
	for range b.starts {
		program, err := b.serve(ctx)
		if err != nil {
			return s, err
		}
		took = append(took, float64(program.ready)/float64(time.Millisecond))
		mib, err := program.resident()
		program.stop()
		if err != nil {
			return s, err
		}
		resident = append(resident, mib)
	}
	s.table.add("start to ready", figure(median(took))+" ms", soon.judge(median(took)))
	s.table.add("memory when ready", figure(median(resident))+" MiB", small.judge(median(resident)))
	after, err := b.afterRequests(ctx)
	if err != nil {
		return s, err
	}
	s.table.add(fmt.Sprintf("memory after %s requests", figure(float64(b.requests))), figure(after)+" MiB", small.judge(after))
	return s, nil
}

// afterRequests returns the memory of a program that has answered many requests.
func (b *bench) afterRequests(ctx context.Context) (float64, error) {
	program, err := b.serve(ctx)
	if err != nil {
		return 0, err
	}
	defer program.stop()
	q := questions()[3]
	d := drive{address: program.address, request: post(program.address, q.path, q.body), connections: manyConnections, span: b.limit, requests: b.requests}
	if _, err := d.run(ctx); err != nil {
		return 0, err
	}
	return program.resident()
}
