"""Which line a text speaks of: what its words weigh for each line, the rarer among the lines the heavier."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from handlers.understanding.activity.topics import TOPICS
from handlers.understanding.activity.spoken import Spoken
from handlers.understanding.activity.wording import _SILENT, root, words
from models.programme_view import LineView, UnitView

TITLE, MEASURE, TOPIC, DESCRIPTION, TOPIC_BELOW, UNIT = 2.0, 2.0, 1.5, 1.0, 0.8, 1.5
SHARED=0.4
COUNTED_BONUS=1.5
PEOPLE_BONUS=0.8
ALPHA = 1.0
GRAM = 0.05
W_HIST = 1.0
BETA = 0.5
@dataclass(frozen=True)
class Ranked:
    line: LineView
    score: float


def features(folded: str) -> frozenset[str]:
    """The roots of a text's words, one by one and two by two."""
    roots = [root(word) for word in words(folded)]
    return frozenset((*roots, *(f"{one} {other}" for one, other in zip(roots, roots[1:], strict=False))))


def grams(folded: str) -> frozenset[str]:
    return frozenset(f" {w} "[i:i+n] for w in words(folded) for n in (3,4,5) for i in range(len(w)+3-n))


@lru_cache(maxsize=256)
def _topic_features():
    return [(t.heads, {f for w in t.words for f in _phrase(w)}) for t in TOPICS]

def _phrase(w):
    parts=[root(p) for p in w.split("_") if p not in _SILENT]
    if len(parts)==1: return parts
    return [f"{a} {b}" for a,b in zip(parts,parts[1:])]

def _heads(heads, folded):
    toks=folded
    return any(re.search(rf"\b{h.replace('_',' ')}", folded) for h in heads)

@lru_cache(maxsize=512)
def vocabulary(measures, title, description, unit, objective, when):
    w={}
    def add(fs, weight):
        for f in fs: w[f]=max(weight,w.get(f,0))
    ft,fd,fm=Spoken.of(title).text,Spoken.of(description).text,Spoken.of(" ; ".join(measures)).text
    for heads,fs in _topic_features():
        if _heads(heads,ft) or _heads(heads,fm): add(fs,TOPIC)
        elif _heads(heads,fd): add(fs,TOPIC_BELOW)
    of_unit=features(Spoken.of(objective).text)
    fdd=features(fd)
    add(fdd-of_unit,DESCRIPTION); add(fdd&of_unit,SHARED)
    add(features(Spoken.of(when).text),TITLE)
    for u in unit: add(features(Spoken.of(u).text),UNIT)
    add(features(ft),TITLE); add(_initials(words(ft)),TITLE); 
    add((f for m in measures for f in features(Spoken.of(m).text)),MEASURE)
    for c in ("documento",): 
        if root(c) in w: w[root(c)]=min(w[root(c)],DESCRIPTION)
    g={}
    for text,weight in ((fd,0.5),(ft,1.0),(fm,1.0)):
        for x in grams(text): g[x]=max(weight,g.get(x,0))
    return w,g

def _initials(words: list[str]) -> list[str]:
    return [
        root("".join(word[0] for word in words[start : start + length]))
        for length in (2, 3, 4)
        for start in range(len(words) - length + 1)
    ]

def rank(text: str, lines, history=()) :
    MEASURED=0
    several = len({unit.id for unit, _ in lines}) > 1
    vocs = [vocabulary(tuple(t.measure for t in line.targets), line.title, line.description or "", (unit.name, *unit.aliases) if several else (), unit.objective or "", " ; ".join(t.counts_when or "" for t in line.targets)) for unit, line in lines]
    n=len(lines)
    said=features(text); sg=grams(text)
    scores=[0.0]*n
    place={line.id:i for i,(_,line) in enumerate(lines)}
    hist=[(place[l],fs) for l,fs in history if l in place]
    counts={}
    for i,fs in hist:
        for f in fs&said:
            counts.setdefault(f,[0.0]*n)[i]+=1
    for f in said:
        ws=[v.get(f,0.0) for v,_ in vocs]
        c=counts.get(f)
        if c: ws=[w+BETA*math.log1p(x) for w,x in zip(ws,c)]
        if not any(ws): continue
        mean=sum(ws)/n
        b = 0.7 if " " in f else 1.0
        for i,x in enumerate(ws):
            scores[i]+= b*math.log((x+ALPHA)/(mean+ALPHA))
    if GRAM:
        for f in sg:
            ws=[g.get(f,0.0) for _,g in vocs]
            if not any(ws): continue
            mean=sum(ws)/n
            for i,x in enumerate(ws):
                scores[i]+= GRAM*math.log((x+ALPHA)/(mean+ALPHA))
    if history and W_HIST:
        h=learnt(said,lines,history)
        scores=[s+W_HIST*x for s,x in zip(scores,h)]
    counted=_counted(text)
    hits=[bool(counted & {root(w) for t in line.targets for w in words(Spoken.of(t.measure).text) if root(w)!=root("documento")}) for _,line in lines]
    if sum(hits)==1: scores=[s+COUNTED_BONUS*h for s,h in zip(scores,hits)]
    ranked=[Ranked(line,s) for (_,line),s in zip(lines,scores)]
    return tuple(sorted(ranked, key=lambda e:-e.score))

def learnt(said, lines, history):
    """history: (line_id, features)"""
    place={line.id:i for i,(_,line) in enumerate(lines)}
    h=[(place[l],fs) for l,fs in history if l in place]
    n=len(h)
    if not n: return [0.0]*len(lines)
    idf={f:math.log(1+(n+1)/(sum(f in fs for _,fs in h)+0.5))*(0.5 if ' ' in f else 1) for f in said}
    norm=sum(x*x for x in idf.values())
    out=[0.0]*len(lines)
    for i,fs in h:
        c=said&fs
        if not c: continue
        sim=sum(idf[f]**2 for f in c)/ math.sqrt(norm*(sum(idf.get(f,math.log(1+(n+1)/1.5)*(0.5 if ' ' in f else 1))**2 for f in fs)))
        out[i]=max(out[i],sim)
    return [POWER_W*x**POWER for x in out]

POWER_W=8
POWER=2
def choose(ranked):
    if not ranked: return None
    if len(ranked)==1 or ranked[0].score-ranked[1].score>1.0: return ranked[0].line
    return None

from handlers.understanding.activity.numbers import NUMBER
_COUNTED = re.compile(rf"{NUMBER} (?P<after>[^\W\d_]+)|\b(?P<before>[^\W\d_]+) ?: ?{NUMBER}")
def _counted(text):
    return {root(m["after"] or m["before"]) for m in _COUNTED.finditer(text)}
