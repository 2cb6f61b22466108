import sys, os
sys.path.insert(0, "/work/main")
def objects(route, method):
    R = {
     "accounts/password/": ["-"], 
     "api/v1/cases/<number>": ["filing","submitted"], "api/v1/cases/<number>/withdraw": ["filing","submitted"],
     "api/v1/items/<code>/form": ["item","nothing"], "^api/(?P<rest>.*)$": ["nothing"],
     "cases/<str:number>/": ["submitted"], "cases/<str:number>/correction/": ["correction"],
     "cases/<str:number>/notices/<slug:kind>.pdf": ["accepted"], "cases/<str:number>/receipt.pdf": ["submitted"],
     "cases/<str:number>/submitted/": ["submitted"], "cases/<str:number>/withdraw/": ["submitted"],
     "credentials/<uuid:credential>/": ["licence"], "credentials/<uuid:credential>/file.pdf": ["licence"],
     "desk/cases/<str:number>/": ["submitted","granted"],
     "desk/cases/<str:number>/correction/": ["submitted"], "desk/cases/<str:number>/notices/<slug:kind>.pdf": ["accepted"],
     "desk/cases/<str:number>/receipt.pdf": ["submitted"],
     "desk/files/<uuid:file>/": ["submitted","clerk's upload","licence","own upload"],
     "files/<uuid:file>/": ["submitted","own upload","licence","clerk's upload"],
     "desk/items/<slug:code>/": ["item"], "items/<slug:code>/": ["item"],
     "desk/tasks/<int:task>/claim/": ["task","review"], "desk/tasks/<int:task>/hand-over/": ["clerk's task"], "desk/tasks/<int:task>/return/": ["clerk's task"],
     "ratings/<str:number>/": ["ended"], "t/<str:number>": ["submitted"], "v/<str:code>": ["licence"], "cases/new/<slug:item>/": ["item"],
    }
    if route == "desk/cases/<str:number>/<slug:verb>/":
        return ["submitted · accept","submitted · receive","submitted · decline","submitted · declare_not_needed","submitted · request_correction",
          "correction · answer_correction","accepted · review","reviewed · grant","reviewed · refuse","granted · deliver","delivered · archive",
          "submitted · withdraw","filing · handle_on_the_spot","accepted filing · note","provincial · forward","submitted · burn"]
    if "desk/cases/drafts" in route: return ["desk draft"]
    if "cases/drafts" in route: return ["draft"]
    return R.get(route, ["-"])

def test_gen(district):
    from tests.faces.routes import routes, METHODS
    import tests.faces.test_matrix as m
    from tests.faces.requests import request_for
    only = os.environ.get("ONLY","")
    out = open("/tmp/house/scratch/matrix_out.tsv","w")
    for route in routes():
        if only and only not in route: continue
        for method in METHODS:
            for thing in objects(route, method):
                row = m.Row(route, method, thing, ())
                try:
                    with m.undone():
                        asked = request_for(route, method, thing)
                        told = [m.ask(login, row, asked) for login in m.ROLES.values()]
                except Exception as e:
                    told = [f"!!{type(e).__name__}: {str(e)[:150]}"]
                out.write("\t".join([route, method, thing, *told])+"\n"); out.flush()
