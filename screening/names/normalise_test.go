package names

import "testing"

func TestX(t *testing.T) {
	l := testLexicon(t)
	for _, s := range []string{"AO Kaspersky Lab", "A.O. Kaspersky", "Kaspersky Lab Mexico S. de R.L. de C.V.", "АО «Лаборатория Касперского»", "株式会社カスペルスキー", "ｶｽﾍﾟﾙｽｷｰ", "卡巴斯基技术开发（北京）有限公司", "카스퍼스키랩 코리아", "كاسبيرسكي لاب", "Kаspеrskу Lаb", "K@sper$ky", "l<aspersky", "𝐊𝐚𝐬", "Kas\u200bpersky", "O'Brien's Kaspersky’s", "Игорь Геннадьевич Чекунов", "Igor Gennad’evich", "Kasperskv Labs GmbI-I", "Κασπέρσκι", "แคสเปอร์สกี้", "कैस्परस्की", "Kасперский", "Касперcкий", "Straße Łódź İstanbul", "Sp. z o.o.", "Kaspersky Lab, S.L. d/b/a x c/o y", "Ⓚaspersky®™ 🅺aspersky", "K.a.s.p.e.r.s.k.y", "한국 주식회사"} {
		x := l.Normalise(s)
		t.Logf("%q", s)
		for _, k := range x.Tokens {
			t.Logf("   %q %d %s [%d,%d) %q", k.Norm, k.Class, k.Country, k.Start, k.End, k.before)
		}
		t.Log(x.Changes)
		y := l.Normalise(x.Norm())
		if y.Norm() != x.Norm() {
			t.Errorf("not idempotent: %q -> %q", x.Norm(), y.Norm())
		}
	}
}

func BenchmarkNormalise(b *testing.B) {
	l := testLexicon(b)
	for _, s := range []string{"Acme Office Supplies LLC", "АО «Лаборатория Касперского»"} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				l.Normalise(s)
			}
		})
	}
}
