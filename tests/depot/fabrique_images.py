"""Pictures made for the tests: photographs of telephones as bytes, since what decodes them here cannot write them."""

import base64
import io

from PIL import Image

# 32 by 64 points, the upper half dark.
HEIC_DROITE = base64.b85decode(
    "0000SW^{RQXk}?*00000ZE0pPXk}?*ZE0a<0004fZDn*}000000000XXk=`10000000000aA{+700000000000000000000B"
    "57=IV*mgE07O6l0RRC200001p#T8@00000000;O001LtX>Mi!000000RR916=`l}WdZ;I000310BCk&F#rGn01j|zbZr0t00"
    "0010002}X>f9I0002pX>en20001XXm(>m0RwOV0058x000009`FGC{rLC*01pFT0096PKmiN^|NjGU00093kN^M!000939=Z"
    "ZRVE_RDDnbDP18@KU0|1Z!00RI30{|YNAb|yz>g1-mxCm%4AOHXZ10VnZ0{|gn00967L;=Bbz=;3=025<xY;ta6Y<K_x01W^"
    "JfB*mh6lrsCWdHyG00000KmY&$KmY&$C}V74Z~y=RAOHXW0RR91KmY&$0ssI1-~a#s0ssI2000000ssI25O8UDX#fBK00RgJ"
    "2mk;87-?{AVE_OC000000RRC7fdT^sga7~lAZ=t}bN~PV6et0&SmpuZAOH8%lk`$&{r+8szW"
)
# The same held on its side, with a position in its EXIF data.
HEIC_TOURNEE = base64.b85decode(
    "0000SW^{RQXk}?*00000ZE0pPXk}?*ZE0a<0005VZDn*}000000000XXk=`10000000000aA{+700000000000000000000G"
    "-+&aV*mgE07O6l0ssL300001>;M4(00000002J#0ssI200Juj0RR9100000mH+?%IB98aW&i*H00062000$fZf0cy000000R"
    "RAKc4ILB0000LX>Mj^0ssI300IC2MR;ju000004sdC7Z2$lO00031009SSaB^?}008D`aAR)(004Gqc4I>U18@KU0FVFx000"
    "0U@BsY%`1k+-4+CHT0RR|40Sp2E{{wIU00RJ!0009300RIXx&lC90096hLID8-Z~y=U0FVFx0{{R603M(qfd!W8<fgf}2xu@"
    "M00096AOHXZ03l)k0RRR>0l{;?i2wiq6Ju{|a&BX6cmM$a4FCp!0000KX>)L8000000000$0000$0000eV{Bn?0000$00001"
    "0000W000010000000002|NsBs000020000GaA|mH000000|*ER00009X>xCL0{{R38EJ5BVE_OC000000RRC8fdT^sgoXeB0"
    "2*m>Wo7^X0000001jhhb7KGk009620002pZDe6|0000xC;_in<^kd#|M%3Br7itBWF_gbITdpTlcRV<=ZPUgOzw2>^?g>QtU"
    "Cb!L9Luy-(8#v5U;w~5s^Ru000I>cxh$;08LE*DgXcg2mk^B5&#1L000311^@tvB>)5f00031001Tc000001ONd50ssI20!{"
    "z`000621poj50{{R3TmS<A0ssI20!07-000C41poj50{{R3bN~PV00000FaQ7m0RR91GXMYp0RR91000000RR910ssI20RR9"
    "16#xJL0RR91000000R"
)
# The same, then another picture.
HEIC_DEUX_VUES = base64.b85decode(
    "0000SW^{RQXk}?*00000ZE0pPXk}?*ZE0a<0005hZDn*}000000000XXk=`10000000000aA{+700000000000000000000G"
    "-+&aV*mgE07O6l0ssL300001_y7R_00000000;O0ssI200IyI0RR91000008UO$QIB98aW&i*H00062000$fZf0cy000000R"
    "RAKc4ILB0000LX>Mj^0ssI200IC2Xm(>U000004sdC7Z2$lO0003100Av&aB^?}009MQaAR)(004Gqc4I>U18@KU0FVFx000"
    "0U@BsY%`1k+-4+CHT0RR|40Sp2E{{wIU00RJ!0009300RIXx&lC90096hLID8-Z~y=U0FVFx0{{R603M(qfd!W8<fgf}2xu@"
    "M00096AOHXZ03l)k0RRR>0l{;?i2wiq6Ju{|a&BX6cmM$a4FCp!0000KX>)L8000000000$0000$0000eV{Bn?0000W00001"
    "0000$00001|NsBs0000200000000020000GaA|mH000000|*ER0000eV{Bn?0000W000010000W00001|NsBs00002|NsBs0"
    "00020000WX>e^}0000000002009Mo0s{qv00ISp0s{qx0000wZDe6|0000KC;_in<^kd#|M%3B^ipU2{#}N@0000MC;_in=J"
    "e{n|KEz_d0L<T#m;#eo$v"
)


def exif(orientation: int = 0, position: bool = False) -> bytes:
    """EXIF data that say which way is up, and a place in Paris."""
    donnees = Image.Exif()
    if orientation:
        donnees[0x0112] = orientation
    if position:
        gps = donnees.get_ifd(0x8825)
        gps[1], gps[2], gps[3], gps[4] = "N", (48.0, 51.0, 0.0), "E", (2.0, 21.0, 0.0)
    return donnees.tobytes()


def moities(taille: tuple[int, int] = (80, 160), mode: str = "RGB") -> Image.Image:
    """A picture whose upper half is dark and whose lower half is light."""
    large, haut = taille
    image = Image.new("L", taille, 230)
    image.paste(20, (0, 0, large, haut // 2))
    return image.convert(mode, dither=Image.Dither.NONE)


def octets(image: Image.Image, genre: str, **options: object) -> bytes:
    """A picture as a file."""
    sortie = io.BytesIO()
    image.save(sortie, genre, **options)
    return sortie.getvalue()
